using System.Text.Json;
using System.Text.RegularExpressions;
using P2P.Tests.Accounts.Support;

namespace P2P.Tests.Accounts;

/// <summary>The profile's REST paths, to the letter. (S61)</summary>
public sealed partial class ProfileRestTests
{
    private AccountsServer _server = null!; // Set before each test.

    [OneTimeSetUp]
    public async Task Start() => _server = await AccountsServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Health_needs_no_token_and_says_that_the_service_runs()
    {
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(_server.Address, "/p2p/health"))).ShouldBe("P2P service is running");
    }

    [Test]
    public async Task Who_has_not_joined_is_told_so_inside_the_data()
    {
        var answer = await _server.User("nobody").Get("profile/check");
        answer.Status.ShouldBe(200);
        answer.Body.GetRawText().ShouldBe(
            """
            {"success":true,"data":{"exists":false,"has_consent":false,"can_connect":false,"message":"You have not joined P2P trading yet."}}
            """);
        var profile = await _server.User("nobody").Get("profile");
        (profile.Status, profile.Code, profile.Body.GetProperty("success").GetBoolean()).ShouldBe((404, "NOT_JOINED_P2P", false));
    }

    [Test]
    public async Task Joining_answers_the_profile_and_a_check_afterwards_says_that_one_can_connect()
    {
        var user = _server.User("user-1");
        var made = await user.Post("profile/create", new
        {
            username = "Joiner_77",
            phone_number = "+254712345678",
            email = "joiner@example.com",
            preferred_currency = "KES",
            preferred_payment_methods = Methods(17, 18),
            auto_reply_message = "Hello",
            has_consent = true,
        });
        made.Status.ShouldBe(201);
        made.Message.ShouldBe("P2P profile created successfully. You can now connect to the P2P trading platform.");
        Members(made.Profile).ShouldBe(
        [
            "id", "user_id", "username", "phone_number", "email", "total_trades", "completed_trades", "avg_rating", "is_verified",
            "is_merchant", "has_consent", "consented_at", "joined_at", "created_at",
        ]);
        made.Profile.GetProperty("user_id").GetString().ShouldBe("user-1");
        made.Profile.GetProperty("phone_number").GetString().ShouldBe("+254712345678");
        made.Profile.GetProperty("avg_rating").GetRawText().ShouldBe("0");
        made.Profile.GetProperty("total_trades").GetInt32().ShouldBe(0);
        made.Profile.GetProperty("joined_at").GetString().ShouldNotBeNull().ShouldMatch(UtcTime().ToString());
        var id = made.Profile.GetProperty("id").GetInt64();

        var check = await user.Get("profile/check");
        Members(check.Data).ShouldBe(["exists", "profile_id", "has_consent", "is_suspended", "can_connect", "profile"]);
        check.Data.GetProperty("profile_id").GetInt64().ShouldBe(id);
        check.Data.GetProperty("can_connect").GetBoolean().ShouldBeTrue();
        Members(check.Profile).ShouldBe(
            ["id", "user_id", "username", "total_trades", "completed_trades", "avg_rating", "is_verified", "is_merchant"]);

        var whole = await user.Get("profile");
        Members(whole.Profile).ShouldBe(
            Members(made.Profile).Concat(
            [
                "profile_picture_url", "cancelled_trades", "total_reviews", "is_suspended", "preferred_currency", "last_active_at",
                "updated_at",
            ]),
            ignoreOrder: true);
        (await _server.Sql<long>($"select count(*) from streams where user_id = {id} and audience = 'trade'")).ShouldBe(1);
        (await _server.Sql<long>($"select count(*) from standings where user_id = {id}")).ShouldBe(1);
        (await _server.Sql<long>($"select count(*) from consents where user_id = {id}")).ShouldBe(1);
    }

    [Test]
    public async Task Joining_needs_consent_and_happens_once()
    {
        var user = _server.User("user-2");
        foreach (var body in new object[] { new { username = "second" }, new { has_consent = false }, new { has_consent = (bool?)null } })
        {
            var refused = await user.Post("profile/create", body);
            refused.Status.ShouldBe(400);
            refused.Body.GetRawText().ShouldBe(
                """
                {"success":false,"error":"You must accept the terms and conditions to create a P2P profile","code":"CONSENT_REQUIRED"}
                """);
        }

        (await user.Post("profile/create", new { has_consent = true })).Status.ShouldBe(201);
        var again = await user.Post("profile/create", new { has_consent = true });
        (again.Status, again.Error, again.Code).ShouldBe((409, "You already have a P2P profile", "ALREADY_JOINED"));
    }

    [Test]
    public async Task Many_who_join_at_once_under_one_account_get_one_profile()
    {
        var user = _server.User("user-racing");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            _ => user.Post("profile/create", new { username = "racer", has_consent = true })));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Code == "ALREADY_JOINED");
    }

    [Test]
    public async Task A_name_that_looks_like_anothers_is_taken()
    {
        await _server.Joined("alice", "Morning_Sun0");
        var twin = _server.User("twin");
        foreach (var name in new[] { "Morning_Sun0", "morning_sun0", "rnorning_suno", "MORNINGSUNO", "m0rn1ng5un_O" })
        {
            var taken = await twin.Post("profile/create", new { username = name, has_consent = true });
            (taken.Status, taken.Code).ShouldBe((409, "USERNAME_TAKEN"), name);
        }

        (await twin.Post("profile/create", new { has_consent = true })).Status.ShouldBe(201);
        var put = await twin.Put("profile", new { username = "m0rning_5un0" });
        (put.Status, put.Error, put.Code).ShouldBe((409, "Failed to update profile: username already taken", "USERNAME_TAKEN"));
        (await twin.Put("profile", new { username = "Evening_Moon" })).Status.ShouldBe(200);
        (await twin.Put("profile", new { username = "evening_moon" })).Profile.GetProperty("username").GetString().ShouldBe("evening_moon");
    }

    [Test]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _server.Joined($"wanting-{i}")));
        var answers = await Task.WhenAll(users.Select(user => user.Put("profile", new { username = "the_only_one" })));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "USERNAME_TAKEN");
    }

    [Test]
    public async Task A_change_touches_what_is_sent_and_null_clears()
    {
        var user = _server.User("changer");
        await user.Post(
            "profile/create", new { username = "changer", phone_number = "+12025550100", email = "a@b.example", has_consent = true });
        var changed = await user.Put("profile", new { profile_picture_url = "https://img.example/a.png", preferred_currency = "EUR" });
        changed.Status.ShouldBe(200);
        changed.Message.ShouldBe("Profile updated successfully");
        changed.Profile.GetProperty("phone_number").GetString().ShouldBe("+12025550100");
        changed.Profile.GetProperty("profile_picture_url").GetString().ShouldBe("https://img.example/a.png");
        changed.Profile.GetProperty("updated_at").GetString().ShouldNotBeNull().ShouldMatch(UtcTime().ToString());

        var cleared = await user.Send(
            HttpMethod.Put, "profile", RestUser.Json("""{"phone_number":null,"preferred_payment_methods":null}"""));
        cleared.Profile.GetProperty("phone_number").ValueKind.ShouldBe(JsonValueKind.Null);
        cleared.Profile.GetProperty("email").GetString().ShouldBe("a@b.example");
        var name = await user.Send(HttpMethod.Put, "profile", RestUser.Json("""{"username":null}"""));
        (name.Status, name.Code).ShouldBe((400, "BAD_INPUT"));
        (await user.Put("profile", new { })).Status.ShouldBe(200);
        var stranger = await _server.User("stranger").Put("profile", new { email = "x@y.example" });
        (stranger.Status, stranger.Code).ShouldBe((404, "NOT_JOINED_P2P"));
    }

    [TestCase("""{"username":"ab"}""")]
    [TestCase("""{"username":"with space"}""")]
    [TestCase("""{"username":"Alicе_cyrillic"}""")]
    [TestCase("""{"username":5}""")]
    [TestCase("""{"phone_number":"0712345678"}""")]
    [TestCase("""{"phone_number":"+123456"}""")]
    [TestCase("""{"phone_number":"+1234567890123456"}""")]
    [TestCase("""{"phone_number":"+1234567\u0000"}""")]
    [TestCase("""{"email":"nobody"}""")]
    [TestCase("""{"email":"a@b"}""")]
    [TestCase("""{"profile_picture_url":"http://img.example/a.png"}""")]
    [TestCase("""{"profile_picture_url":"javascript:alert(1)"}""")]
    [TestCase("""{"preferred_currency":"usd"}""")]
    [TestCase("""{"preferred_payment_methods":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}""")]
    [TestCase("""{"preferred_payment_methods":["1"]}""")]
    [TestCase("""{"is_verified":true}""")]
    [TestCase("""{"email":"a@b.example","email":"c@d.example"}""")]
    [TestCase("""{"email":"\ud800"}""")]
    [TestCase("""{"phoneNumber":"+12025550100"}""")]
    [TestCase("""[]""")]
    [TestCase("""null""")]
    [TestCase("""{"email":""")]
    [TestCase("")]
    public async Task Wrong_input_is_refused_in_the_envelope(string body)
    {
        var user = _server.User("wrong-input");
        await user.Post("profile/create", new { has_consent = true });
        var answer = await user.Send(HttpMethod.Put, "profile", RestUser.Json(body));
        (answer.Status, answer.Code).ShouldBe((400, "BAD_INPUT"), answer.Body.GetRawText());
        Members(answer.Body).ShouldBe(["success", "error", "code"]);
        answer.Body.GetRawText().ShouldNotContain("P2P.Server");
    }

    [Test]
    public async Task Unknown_currencies_and_payment_methods_are_refused()
    {
        var user = await _server.Joined("unknowns");
        (await user.Put("profile", new { preferred_currency = "XXX" })).Code.ShouldBe("CURRENCY_UNKNOWN");
        (await user.Put("profile", new { preferred_payment_methods = Methods(1, 99_999) })).Code.ShouldBe("PAYMENT_METHOD_UNKNOWN");
    }

    [Test]
    public async Task New_terms_ask_for_consent_again()
    {
        await using var server = await AccountsServer.Start();
        var user = await server.Joined("consenting");
        var terms = await user.Get("terms");
        Members(terms.Data).ShouldBe(["version", "text", "language"]);
        terms.Data.GetProperty("version").GetInt32().ShouldBe(1);
        await server.Sql("insert into terms (version, language, body) values (2, 'en', 'Be nice.')");

        var check = await user.Get("profile/check");
        (check.Data.GetProperty("has_consent").GetBoolean(), check.Data.GetProperty("can_connect").GetBoolean()).ShouldBe((false, false));
        var old = await user.Post("profile/consent", new { terms_version = 1 });
        (old.Status, old.Code).ShouldBe((409, "TERMS_OUTDATED"));
        (await user.Post("profile/consent", new { terms_version = 2 })).Status.ShouldBe(200);
        (await user.Post("profile/consent", new { terms_version = 2 })).Status.ShouldBe(200);
        (await user.Get("profile/check")).Data.GetProperty("can_connect").GetBoolean().ShouldBeTrue();
        (await server.Sql<long>("select count(*) from events where type = 'ProfileChanged'")).ShouldBe(1);
    }

    private static long[] Methods(params long[] ids) => ids;

    private static List<string> Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$")]
    private static partial Regex UtcTime();
}
