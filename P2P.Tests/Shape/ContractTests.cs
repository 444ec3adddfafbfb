namespace P2P.Tests.Shape;

/// <summary>The contract as it was agreed: what changes here breaks programs that others wrote.</summary>
public sealed class ContractTests
{
    private static string File => Path.Combine(Sources.Root, "P2P.Tests", "Shape", "contract.json");

    /// <summary>
    /// The contract grows by optional members, new calls and new codes only. After such a change, run this test once with P2P_WRITE=1 and look
    /// at the difference: a line that went away is a break.
    /// </summary>
    [Test]
    public async Task The_contract_is_the_one_that_was_agreed()
    {
        var now = ContractSnapshot.Write();
        if (Environment.GetEnvironmentVariable("P2P_WRITE") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, now);
        }

        now.ShouldBe(await System.IO.File.ReadAllTextAsync(File));
    }

    [Test]
    public void Every_change_carries_a_request_id_first()
    {
        var wrong = typeof(Contracts.IChange).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(Contracts.IChange)))
            .Where(type => type.GetProperties()[0].Name != nameof(Contracts.IChange.RequestId));
        wrong.ShouldBeEmpty();
    }

    [Test]
    public void Every_enum_begins_with_the_value_that_is_not_known()
    {
        var wrong = typeof(Contracts.IChange).Assembly.GetExportedTypes()
            .Where(type => type.IsEnum && Enum.GetName(type, 0) != "Unknown");
        wrong.ShouldBeEmpty();
    }

    /// <summary>The message types of the socket that this server replaces, by the typed call that each became.</summary>
    [TestCase("GetProfile"), TestCase("UpdateProfile"), TestCase("GetProfileStats"), TestCase("SearchProfiles")]
    [TestCase("CreateAd"), TestCase("ListAds"), TestCase("UpdateAd"), TestCase("DeleteAd"), TestCase("MyAds")]
    [TestCase("CreateOrder"), TestCase("ListOrders"), TestCase("GetOrder"), TestCase("CancelOrder"), TestCase("ConfirmPayment")]
    [TestCase("ReleaseCrypto"), TestCase("SendMessage"), TestCase("GetMessages"), TestCase("MarkMessagesRead")]
    [TestCase("RaiseDispute"), TestCase("GetDispute"), TestCase("CreateReview"), TestCase("ListReviews")]
    [TestCase("ListNotifications"), TestCase("MarkNotificationsRead")]
    public void No_call_of_the_former_socket_is_missing(string call)
    {
        var hub = typeof(Server.Trading.TradeHub).GetMethod(call);
        hub.ShouldNotBeNull();
        typeof(Contracts.Trading.ITradeHub).GetInterfaces().Count(one => one.GetMethod(call) is not null).ShouldBe(1);
    }

    [TestCase("Connected"), TestCase("ConnectionRefused")]
    public void Both_answers_of_the_former_socket_to_a_connection_are_client_methods(string method) =>
        typeof(Contracts.IConnectionClient).GetMethod(method).ShouldNotBeNull();
}
