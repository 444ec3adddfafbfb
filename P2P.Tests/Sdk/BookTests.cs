using P2P.Client.Sdk;
using P2P.Client.Sdk.Books;
using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Tests.Sdk;

/// <summary>The live book: merging, gaps, lost connections, refusals.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class BookTests
{
    private static readonly Market Selling = new() { Side = AdSide.Sell, Asset = "BTC", Fiat = "EUR" };

    [Test]
    public void A_change_replaces_adds_and_removes_and_the_best_price_stands_first()
    {
        var (cheap, dear, gone) = (Row(10), Row(30), Row(20));
        var book = new AdBook { Market = Selling, Version = 5, Rows = [cheap, gone, dear] };
        var fresh = Row(15);
        var (result, merged) = BookMerge.Apply(book, Change(5, 6, [fresh, dear with { Price = 5 }], gone.AdId));
        result.ShouldBe(BookMergeResult.Merged);
        merged.Version.ShouldBe(6);
        merged.Rows.Select(row => row.Price).ShouldBe([5m, 10m, 15m]);
    }

    [Test]
    public void Buyers_are_listed_from_the_highest_price()
    {
        var book = new AdBook { Market = Selling with { Side = AdSide.Buy }, Version = 0, Rows = [] };
        BookMerge.Apply(book, Change(0, 1, [Row(1), Row(3), Row(2)])).Book.Rows.Select(row => row.Price).ShouldBe([3m, 2m, 1m]);
    }

    [TestCase(3, 5, BookMergeResult.Old)]
    [TestCase(3, 6, BookMergeResult.Merged)]
    [TestCase(5, 6, BookMergeResult.Merged)]
    [TestCase(6, 7, BookMergeResult.Gap)]
    public void A_change_fits_when_it_begins_at_or_before_the_book_and_ends_behind_it(long after, long version, object expected)
    {
        var book = new AdBook { Market = Selling, Version = 5, Rows = [] };
        BookMerge.Apply(book, Change(after, version, [])).Result.ShouldBe((BookMergeResult)expected);
    }

    [Test]
    public async Task A_watched_book_follows_changes_gaps_and_lost_connections(CancellationToken cancellationToken)
    {
        await using var server = await PeerServer.StartAsync();
        var first = Row(10);
        server.State.Book = new AdBook { Market = Selling, Version = 1, Rows = [first] };
        await using var client = server.Client();
        await client.ConnectAsync(cancellationToken);
        await using var books = client.Ads.WatchBookAsync(Selling, cancellationToken).GetAsyncEnumerator(cancellationToken);
        (await NextAsync(books)).Version.ShouldBe(1);

        await server.PushBookAsync(Change(1, 2, [Row(9)]));
        (await NextAsync(books)).Rows.Select(row => row.Price).ShouldBe([9m, 10m]);

        server.State.Book = new AdBook { Market = Selling, Version = 8, Rows = [first, Row(11)] };
        await server.PushBookAsync(Change(7, 8, [Row(11)]));
        (await NextAsync(books)).Version.ShouldBe(8);
        server.State.BookReads.ShouldBe(2);

        server.State.Book = new AdBook { Market = Selling, Version = 1, Rows = [] };
        server.CutAll();
        (await NextAsync(books)).Rows.ShouldBeEmpty();
    }

    [Test]
    public async Task Two_watches_share_a_subscription_and_the_last_one_ends_it(CancellationToken cancellationToken)
    {
        await using var server = await PeerServer.StartAsync();
        server.State.Book = new AdBook { Market = Selling, Version = 1, Rows = [] };
        await using var client = server.Client();
        await client.ConnectAsync(cancellationToken);
        var one = client.Ads.WatchBookAsync(Selling, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var two = client.Ads.WatchBookAsync(Selling, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await NextAsync(one);
        await NextAsync(two);
        server.State.BookReads.ShouldBe(1);
        await one.DisposeAsync();
        server.State.Book.ShouldNotBeNull();
        await two.DisposeAsync();
        server.State.Book.ShouldBeNull();
    }

    [Test]
    public async Task A_refused_book_is_told_to_its_reader(CancellationToken cancellationToken)
    {
        await using var server = await PeerServer.StartAsync();
        await using var client = server.Client();
        await client.ConnectAsync(cancellationToken);
        await using var books = client.Ads.WatchBookAsync(Selling, cancellationToken).GetAsyncEnumerator(cancellationToken);
        (await Should.ThrowAsync<P2PException>(async () => await books.MoveNextAsync())).Code.ShouldBe(ErrorCodes.AssetUnknown);
    }

    private static async Task<AdBook> NextAsync(IAsyncEnumerator<AdBook> books)
    {
        (await books.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        return books.Current;
    }

    private static BookRow Row(decimal price) => new()
    {
        AdId = Guid.CreateVersion7(),
        MakerId = 1,
        Price = price,
        AmountMin = 1,
        AmountMax = 2,
        Remaining = 3,
        PaymentMethodIds = [1],
    };

    private static AdBookChanged Change(long after, long version, IReadOnlyList<BookRow> set, params Guid[] removed) =>
        new() { Market = Selling, AfterVersion = after, Version = version, Set = set, Removed = removed };
}
