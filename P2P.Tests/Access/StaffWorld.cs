using P2P.Client.Sdk;
using P2P.Contracts.Accounts;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>One of everything that staff work on.</summary>
internal sealed record StaffWorld
{
    /// <summary>A trader.</summary>
    public required long User { get; init; }

    public required Guid Ad { get; init; }

    public required Guid Order { get; init; }

    /// <summary>The order's dispute.</summary>
    public required Guid Dispute { get; init; }

    /// <summary>The subject of an arbitrator to whom it is not given.</summary>
    public required string Arbitrator { get; init; }

    public required Guid Complaint { get; init; }

    public required Guid Review { get; init; }

    /// <summary>A trader's application to be a merchant.</summary>
    public required Guid Application { get; init; }

    /// <summary>What the ledger's watch found.</summary>
    public required Guid Finding { get; init; }

    public required Guid Announcement { get; init; }

    public required Guid Verification { get; init; }

    /// <summary>An open application, as one who has traded enough would have made it.</summary>
    public static async Task<Guid> Apply(TestMarket market, long user)
    {
        var id = Guid.CreateVersion7();
        await TestPostgres.Execute(
            market.Database.Superuser,
            $"""
            insert into merchant_applications (id, user_id, business_name, country, body, status, created_at)
            values ('{id}', {user}, 'Shop', 'KE', 'We sell.', 'Open', now())
            """);
        return id;
    }

    /// <summary>A finding of the watch, without the fault that it would tell of.</summary>
    public static async Task<Guid> Find(TestMarket market)
    {
        var id = Guid.CreateVersion7();
        await TestPostgres.Execute(
            market.Database.Superuser,
            $"""
            insert into ledger_findings (id, key, rule, sentence, source, found_at, seen_at)
            values ('{id}', '{id}', 'I2', 'A balance is not the sum of its entries.', 'Watch', now(), now())
            """);
        return id;
    }

    public static async Task<Guid> Announce(P2PAdminClient admin)
    {
        var made = await admin.Announcements.AnnounceAsync(
            AnnouncementSeverity.Information,
            [new AnnouncementText { Language = NotificationLanguage.English, Title = "News", Text = "Good news." }],
            DateTimeOffset.UtcNow.AddHours(1),
            "r",
            cancellationToken: TestMarket.Bounded());
        return made.Announcement.Id;
    }
}
