namespace P2P.Server.Deals.Privacy;

/// <summary>What encrypted rooms hold, which only the parties' devices can read, and who of the staff read in a room.</summary>
internal static class RoomExportSql
{
    public const string Chains =
        """
        select c.order_id, c.state, c.proposer_id, c.epoch, c.length, encode(c.head, 'hex') as head, encode(c.key_set, 'hex') as key_set
          from chat_chains c
          join orders o on o.id = c.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by c.order_id
        """;

    public const string Envelopes =
        """
        select e.order_id, e.idx, e.seq, e.kind, e.sender_id, encode(e.key_id, 'hex') as key_id, encode(e.link, 'hex') as link,
               encode(e.envelope, 'hex') as envelope
          from chat_envelopes e
          join orders o on o.id = e.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by e.order_id, e.idx
        """;

    public const string Reads =
        """
        select r.id, r.order_id, r.role, r.from_seq, r.to_seq, r.file_id, r.reason, r.at
          from staff_reads r
          join orders o on o.id = r.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by r.id
        """;
}
