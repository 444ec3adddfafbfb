using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Encryption;

/// <summary>Tests of encrypted rooms: parties whose devices have keys.</summary>
public abstract class EncryptedRooms : MarketFixture
{
    /// <summary>A buyer and a seller, each with one device, and an order of theirs.</summary>
    protected async Task<(Trader Buyer, Trader Seller, Guid Order)> OrderOfTwoDevices()
    {
        var made = await OrderAwaitingPayment();
        await made.Buyer.Client.Keys.RegisterAsync("phone", Bounded);
        await made.Seller.Client.Keys.RegisterAsync("laptop", Bounded);
        return made;
    }

    /// <summary>The same, and the order's room is encrypted.</summary>
    protected async Task<(Trader Buyer, Trader Seller, Guid Order)> EncryptedRoom()
    {
        var made = await OrderOfTwoDevices();
        await Encrypt(made.Buyer, made.Seller, made.Order);
        return made;
    }

    protected static async Task Encrypt(Trader proposer, Trader accepter, Guid order)
    {
        await proposer.Client.Chat.ProposeEncryptionAsync(order, Bounded);
        (await accepter.Client.Chat.AcceptEncryptionAsync(order, Bounded)).State.ShouldBe(EncryptionState.On);
    }

    /// <summary>Another device of a trader's, which shares nothing with the first.</summary>
    protected async Task<Trader> OtherDevice(Trader trader, IKeyStore? store = null)
    {
        var client = Market.Client(trader.Name, configure: options => options.Keys = store ?? new MemoryKeyStore());
        await client.ConnectAsync(Bounded);
        return new Trader(trader.Name, client);
    }

    /// <summary>What a room says to a reader, oldest first, without the server's messages.</summary>
    protected static async Task<List<string>> Reads(Trader reader, Guid order) =>
    [
        .. (await reader.Client.Chat.GetMessagesAsync(order, afterSeq: 0, limit: 100, cancellationToken: Bounded)).Messages
            .Where(message => message.Kind != MessageKind.System).Select(message => message.Text),
    ];

    /// <summary>The codes of a room's system messages, oldest first.</summary>
    protected static async Task<List<string?>> Codes(Trader reader, Guid order) =>
    [
        .. (await reader.Client.Chat.GetMessagesAsync(order, afterSeq: 0, limit: 100, cancellationToken: Bounded)).Messages
            .Where(message => message.Kind == MessageKind.System).Select(message => message.Code),
    ];

    protected static async Task<EncryptionFault> Fault(Func<Task> call) => (await Should.ThrowAsync<EncryptionException>(call)).Fault;
}
