namespace P2P.Tests.Accounts;

/// <summary>What becomes of every column of text when its person is deleted: a new one is put into one of these lists.</summary>
internal static class PrivacyFates
{
    private const string House = "the same for everyone";
    private const string Code = "a word of a fixed list";
    private const string Chain = "a hash of a chain, which must not break";
    private const string Staff = "what staff wrote about their own acts";
    private const string RowGoes = "the whole row goes";
    private const string Money = "where money came from and went is kept as long as the books are";

    /// <summary>Emptied, or their rows removed, by privacy_erase and privacy_erase_words.</summary>
    public static readonly HashSet<string> Erased =
    [
        "users.sub", "profiles.username", "profiles.username_skeleton", "profiles.phone_number", "profiles.email", "profiles.picture_url",
        "profiles.preferred_currency", "profiles.auto_reply", "payment_accounts.label", "payment_accounts.fields", "revocations.sub",
        "files.name", "ads.terms", "ads.auto_reply", "reviews.body", "reviews.reply", "chat_messages.text", "order_statements.body",
        "dispute_evidence.body", "disputes.body", "disputes.appeal_body", "crypto_orders.payment_reference", "crypto_orders.terms",
        "crypto_orders.auto_reply", "deletions.sub",
    ];

    /// <summary>Tables and columns that stay, or go with their row, and why.</summary>
    public static readonly Dictionary<string, string> Stays = new()
    {
        ["tickets"] = RowGoes,
        ["contacts"] = RowGoes,
        ["notifications"] = RowGoes,
        ["notification_preferences"] = RowGoes,
        ["email_addresses"] = RowGoes,
        ["outbox"] = RowGoes,
        ["requests"] = RowGoes,
        ["second_factors"] = RowGoes,
        ["recovery_codes"] = RowGoes,
        ["terms"] = House,
        ["currencies"] = House,
        ["payment_methods"] = House,
        ["assets"] = House,
        ["prices"] = House,
        ["switches"] = Staff,
        ["schemaversions"] = House,
        ["script_checksums"] = House,
        ["audit_log"] = Staff,
        ["suspensions"] = Staff,
        ["events"] = "ids, states and amounts; dropped after 90 days",
        ["streams.audience"] = Code,
        ["notification_positions.audience"] = Code,
        ["revocations.reason"] = Code,
        ["offers"] = Code,
        ["orders.kind"] = Code,
        ["orders.maker"] = Code,
        ["orders.asset"] = Code,
        ["orders.status"] = Code,
        ["orders.duty"] = Code,
        ["orders.cancel_requested_by"] = Code,
        ["orders.history_head"] = Chain,
        ["order_history.from_status"] = Code,
        ["order_history.to_status"] = Code,
        ["order_history.action"] = Code,
        ["order_history.by"] = Code,
        ["order_history.hash"] = Chain,
        ["accounts.kind"] = Code,
        ["accounts.asset"] = Code,
        ["accounts.head"] = Chain,
        ["transfers.kind"] = Code,
        ["entries.asset"] = Code,
        ["entries.hash"] = Chain,
        ["deposits"] = Money,
        ["withdrawals"] = Money,
        ["ads.side"] = Code,
        ["ads.asset"] = Code,
        ["ads.fiat"] = Code,
        ["ads.price_kind"] = Code,
        ["ads.visibility"] = Code,
        ["ads.link_hash"] = "of chance, and the ad is closed",
        ["crypto_orders.fiat"] = Code,
        ["crypto_orders.price_source"] = Code,
        ["chat_messages.kind"] = Code,
        ["chat_messages.code"] = Code,
        ["chat_messages.args"] = "what a message of the server's speaks of: a side, a state, a number",
        ["reviews.written_by"] = Code,
        ["reviews.tags"] = Code,
        ["reviews.hidden_by"] = Staff,
        ["reviews.hidden_reason"] = Staff,
        ["files.purpose"] = Code,
        ["files.content_type"] = Code,
        ["files.sha256"] = "says which file it was; the file is gone",
        ["files.stored_name"] = "of chance",
        ["disputes.status"] = Code,
        ["disputes.reason"] = Code,
        ["disputes.raised_by"] = Code,
        ["disputes.decision"] = Code,
        ["disputes.ruling_body"] = Staff,
        ["disputes.ruling_rule"] = Code,
        ["disputes.appealed_by"] = Code,
        ["dispute_steps"] = Code,
        ["dispute_rulings"] = Staff,
    };
}
