using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Operator;

/// <summary>Lets the demo users join, once: with consent, payment accounts and balances.</summary>
internal static class DemoUsers
{
    private static readonly StaffActor Actor = new("operator:demo", null);

    public static async Task Fill(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var user in DemoUser.All)
        {
            var caller = await user.Caller(services, cancellation);
            await Join(services, caller, user, cancellation);
            await SaveAccounts(services, caller, user, cancellation);
            await Credit(services, caller, user, cancellation);
        }
    }

    private static async Task Join(IServiceProvider services, Caller caller, DemoUser user, CancellationToken cancellation)
    {
        var profiles = services.GetRequiredService<ProfileFlow>();
        if (await profiles.Find(caller, cancellation) is not null)
        {
            return;
        }

        var wanted = new ProfileChanges
        {
            Username = Given.Of(user.Sub),
            PhoneNumber = Given.Of(user.Phone),
            PreferredCurrency = Given.Of(user.Currency),
        };
        try
        {
            await profiles.Join(caller, wanted, hasConsent: true, cancellation);
        }
        catch (Refused refused) when (refused.Code == ErrorCodes.UsernameTaken)
        {
            // Whoever develops on this database has taken the name for another user: the demo user does without one.
            await profiles.Join(caller, wanted with { Username = default }, hasConsent: true, cancellation);
        }

        if (user.IsMerchant)
        {
            var staff = services.GetRequiredService<StaffFlow>();
            await staff.Verify(Actor, $"sub:{user.Sub}", cancellation);
            await staff.GrantMerchant(Actor, $"sub:{user.Sub}", cancellation);
        }
    }

    private static async Task SaveAccounts(IServiceProvider services, Caller caller, DemoUser user, CancellationToken cancellation)
    {
        var accounts = services.GetRequiredService<PaymentAccountFlow>();
        if ((await accounts.List(caller, cancellation)).Count > 0)
        {
            return;
        }

        var known = (await services.GetRequiredService<PaymentCatalogue>().Read(cancellation)).Active;
        foreach (var (code, fields) in user.Accounts)
        {
            await accounts.Save(
                caller,
                new SavePaymentAccountRequest
                {
                    RequestId = Ids.New(),
                    PaymentMethodId = known.First(method => method.Code == code).Id,
                    Fields = fields.ToDictionary(field => field.Key, field => field.Value),
                },
                cancellation);
        }
    }

    /// <summary>The same reference is credited once, however often it is sent.</summary>
    private static async Task Credit(IServiceProvider services, Caller caller, DemoUser user, CancellationToken cancellation)
    {
        var engine = services.GetRequiredService<OrderEngine>();
        await Task.WhenAll(user.Balances.Select(balance =>
        {
            var reference = $"demo:{user.Sub}:{balance.Asset}";
            var id = Ids.Named(reference);
            return engine.Run(
                new Deposit
                {
                    UserId = Caller.System.UserId,
                    RequestId = id,
                    BodyHash = id.ToByteArray(),
                    ExternalReference = reference,
                    SubjectId = caller.UserId,
                    Asset = balance.Asset,
                    Amount = balance.Amount,
                },
                cancellation);
        }));
    }
}
