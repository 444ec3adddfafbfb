using P2P.Client.Sdk;
using P2P.Tests.Support;

namespace P2P.Tests.Encryption;

/// <summary>
/// A server that shows an encrypted room otherwise than its parties wrote it: the rows are changed behind its back, as its operator could, and the
/// SDK names what was done.
/// </summary>
public sealed class LyingServerTests : EncryptedRooms
{
    private readonly MemoryKeyStore _keys = new();
    private Trader _buyer = null!; // Set before the first test.
    private Trader _seller = null!; // Set before the first test.
    private Guid _ad;

    // One more connection of the buyer's for each lie.
    protected override Dictionary<string, string?> Settings => new() { ["Limits:ConnectionsPerUser"] = "100" };

    [OneTimeSetUp]
    public async Task Meet()
    {
        (_buyer, _seller) = (await OtherDevice(await Buyer(), _keys), await Seller());
        await _buyer.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        await _seller.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        _ad = await TestMarket.Ad(_seller, total: 9);
    }

    // The chain is propose (0), accept (1) and four messages; they are the room's messages 2 and 3, then 4 to 7.
    private static readonly Dictionary<string, (string Sql, EncryptionFault Fault)> Lies = new()
    {
        ["An envelope is edited"] = (
            """
            update chat_envelopes
               set envelope = set_byte(envelope, 150, get_byte(envelope, 150) # 1),
                   link = sha256(substring(set_byte(envelope, 150, get_byte(envelope, 150) # 1) from 1 for length(envelope) - 64))
             where idx = 3 and order_id = '{0}'
            """,
            EncryptionFault.Edited),
        ["A message is left out"] = (
            """
            delete from chat_envelopes where idx = 3 and order_id = '{0}';
            delete from chat_messages where seq = 5 and order_id = '{0}'
            """,
            EncryptionFault.Dropped),
        ["A message is left out and the hole is closed"] = (
            """
            delete from chat_envelopes where idx = 3 and order_id = '{0}';
            delete from chat_messages where seq = 5 and order_id = '{0}';
            update chat_envelopes set seq = seq - 1 where seq > 5 and order_id = '{0}';
            update chat_messages set seq = seq - 1 where seq > 5 and order_id = '{0}'
            """,
            EncryptionFault.Dropped),
        ["A message has no envelope"] = (
            "delete from chat_envelopes where idx = 3 and order_id = '{0}'", EncryptionFault.Dropped),
        ["Two messages change places"] = (
            """
            update chat_envelopes set seq = 109 - seq where idx in (2, 3) and order_id = '{0}';
            update chat_envelopes set seq = seq - 100 where idx in (2, 3) and order_id = '{0}'
            """,
            EncryptionFault.Dropped),
        ["Plain text stands in an encrypted room"] = (
            """
            delete from chat_envelopes where idx = 3 and order_id = '{0}';
            update chat_messages set kind = 'Text', text = 'pay to account 666' where seq = 5 and order_id = '{0}'
            """,
            EncryptionFault.Invented),
        ["The room goes back"] = (
            """
            delete from chat_envelopes where idx = 5 and order_id = '{0}';
            delete from chat_messages where seq = 7 and order_id = '{0}';
            update chat_rooms set last_seq = 6, buyer_read = 0, buyer_delivered = 0 where order_id = '{0}'
            """,
            EncryptionFault.Dropped),
        ["The room is said not to be encrypted"] = (
            """
            delete from chat_envelopes where order_id = '{0}';
            delete from chat_messages where seq > 1 and order_id = '{0}';
            delete from chat_chains where order_id = '{0}';
            update chat_rooms set last_seq = 1, buyer_read = 0, buyer_delivered = 0 where order_id = '{0}'
            """,
            EncryptionFault.Dropped),
    };

    private static IEnumerable<string> AllLies => Lies.Keys;

    [TestCaseSource(nameof(AllLies))]
    public async Task A_lie_is_found(string name)
    {
        var (lie, expected) = Lies[name];
        var order = await Place(_buyer, _ad);
        await Encrypt(_buyer, _seller, order);
        for (var i = 0; i < 4; i++)
        {
            await (i % 2 == 0 ? _buyer : _seller).Client.Chat.SendAsync(order, $"message {i}", Bounded);
        }

        (await Reads(_buyer, order)).Count.ShouldBe(4);
        lie = lie.Replace("{0}", $"{order}", StringComparison.Ordinal);
        await Sql($"set session_replication_role = replica; {lie}; set session_replication_role = origin");

        // The same device after a restart reads the room anew.
        var again = await OtherDevice(_buyer, _keys);
        (await Fault(() => again.Client.Chat.SendAsync(order, "secret", Bounded))).ShouldBe(expected);
        (await Fault(() => again.Client.Chat.GetMessagesAsync(order, limit: 100, cancellationToken: Bounded))).ShouldBe(expected);
        (await Sql<long>("select count(*) from chat_messages where text like '%secret%'")).ShouldBe(0);
    }
}
