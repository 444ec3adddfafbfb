using System.Reflection;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Server.Admin;
using P2P.Server.Core.Hubs;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Admin;

/// <summary>Every call of the admin hub by every role, found by reflection: whom a call does not serve hears FORBIDDEN and nothing else.</summary>
public sealed class AdminRoleTests : AdminFixture
{
    private static readonly string[] Roles = [.. StaffRoles.All];

    private static IEnumerable<MethodInfo> OwnCalls => typeof(IAdminHub).GetInterfaces().Append(typeof(IAdminHub))
        .Where(part => part.Namespace == typeof(IAdminHub).Namespace)
        .SelectMany(part => part.GetMethods());

    private static IReadOnlyList<string> ServedBy(string call) =>
        typeof(AdminHub).GetMethod(call)?.GetCustomAttribute<RolesAttribute>()?.Roles ?? [];

    [Test]
    public void Every_call_names_the_roles_that_it_serves()
    {
        var calls = OwnCalls.Select(call => call.Name).ToList();
        calls.Count.ShouldBeGreaterThan(15);
        calls.Where(call => ServedBy(call).Count == 0).ShouldBeEmpty();
        calls.SelectMany(ServedBy).Except(Roles).ShouldBeEmpty();

        // Whatever changes something or is not named in a contract must not be open to those who only watch.
        OwnCalls.Where(call => call.GetParameters().Any(one => typeof(IChange).IsAssignableFrom(one.ParameterType)))
            .Where(call => ServedBy(call.Name).Contains(StaffRoles.ReadOnly)).ShouldBeEmpty();
        var known = typeof(IAdminHub).GetInterfaces().SelectMany(part => part.GetMethods()).Select(call => call.Name);
        typeof(AdminHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(call => !call.IsSpecialName).Select(call => call.Name).Except(known).ShouldBeEmpty();
    }

    [Test]
    public async Task Whom_a_call_does_not_serve_is_refused_before_anything_is_read([ValueSource(nameof(Roles))] string role)
    {
        await using var raw = await RawStaff(NewName("matrix"), role);
        await raw.Hears("Connected");
        var (refused, served) = (0, 0);
        foreach (var call in OwnCalls)
        {
            // Null where a request is due: FORBIDDEN comes before BAD_INPUT, so the answer tells which of the two doors stopped it.
            var arguments = call.GetParameters() switch
            {
                [] => "[]",
                [{ ParameterType.IsValueType: true }] => $"[\"{Guid.CreateVersion7()}\"]",
                _ => "[null]",
            };
            var answer = await raw.CallRaw(call.Name, arguments);
            var code = answer.TryGetProperty("error", out _) ? RawClient.Refusal(answer).Code : "OK";
            if (ServedBy(call.Name).Contains(role))
            {
                code.ShouldBeOneOf(["OK", ErrorCodes.BadInput, ErrorCodes.NotFound], call.Name);
                served++;
            }
            else
            {
                code.ShouldBe(ErrorCodes.Forbidden, call.Name);
                refused++;
            }
        }

        served.ShouldBeGreaterThan(0);
        (refused > 0).ShouldBe(role != StaffRoles.Admin);
    }

    [TestCase]
    [TestCase("custody")]
    [TestCase("Admin")]
    [TestCase("admin ", "ADMIN", "administrator")]
    public async Task Who_is_no_staff_does_not_get_in(params string[] roles)
    {
        var user = NewName("stranger");
        (await Refused(() => Staff(user, roles).ConnectAsync(Bounded))).ShouldBe(ErrorCodes.Forbidden);
        (await Sql<long>($"select count(*) from streams s join users u on u.id = s.user_id where u.sub = '{user}'")).ShouldBe(0);
    }

    [Test]
    public async Task A_role_opens_nothing_on_the_trade_hub()
    {
        await using var client = new P2PClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(NewName("staff"), StaffRoles.Admin)),
        });
        (await Refused(() => client.ConnectAsync(Bounded))).ShouldBe(ErrorCodes.NotJoinedP2P);
    }

    [Test]
    public async Task Staff_need_no_profile_and_have_a_stream_from_the_first_connection_on()
    {
        var name = NewName("staff");
        await Staff(name, StaffRoles.Support).ConnectAsync(Bounded);
        (await Sql<long>(
            $"""
            select count(*)
              from users u
              join streams s on s.user_id = u.id and s.audience = 'admin'
              left join profiles p on p.user_id = u.id
             where u.sub = '{name}' and p.user_id is null
            """)).ShouldBe(1);
    }

    [Test]
    public async Task Account_calls_stay_those_of_the_caller()
    {
        var admin = await Admin();
        (await Refused(() => admin.Hub.GetProfile(new GetProfileRequest()))).ShouldBeOneOf(ErrorCodes.NotJoinedP2P, ErrorCodes.NotFound);
    }

    private async Task<RawClient> RawStaff(string user, params string[] roles)
    {
        var address = new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = AdminHub.Path }.Uri;
        return await RawClient.Connect(address, $"Bearer {Market.Token(user, roles)}");
    }
}
