namespace P2P.Codegen;

/// <summary>A path of the REST interface.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Says">What it does, in one sentence.</param>
/// <param name="Body">
/// What it takes: members as in <see cref="RestShapes"/>, <c>file</c> for a file's bytes, empty for nothing.
/// </param>
/// <param name="Answer">
/// What <c>data</c> holds: members as in <see cref="RestShapes"/>; or a media type, when it is no envelope.
/// </param>
/// <param name="Codes">What it can be refused with, beside what every path can.</param>
/// <param name="Query">Parameters of the query, as members.</param>
/// <param name="Status">The status of success.</param>
/// <param name="IsOpen">It needs no token.</param>
internal sealed record RestPath(
    string Method, string Path, string Says, string Body, string Answer, string Codes, string Query = "", int Status = 200, bool IsOpen = false);

/// <summary>Every REST path of the server, and the objects that several of them speak of.</summary>
internal static class RestPaths
{
    private const string CheckedProfile =
        "id: long; user_id: string; username: string?; total_trades: int; completed_trades: int; avg_rating: number; "
        + "is_verified: bool; is_merchant: bool";

    private const string CreatedProfile =
        "id: long; user_id: string; username: string?; phone_number: string?; email: string?; total_trades: int; completed_trades: int; "
        + "avg_rating: number; is_verified: bool; is_merchant: bool; has_consent: bool; consented_at: time?; joined_at: time; created_at: time";

    private const string WholeProfile = CreatedProfile
        + "; profile_picture_url: string?; cancelled_trades: int; total_reviews: int; is_suspended: bool; preferred_currency: string?; "
        + "last_active_at: time; updated_at: time";

    private const string Wishes =
        "username?: string; phone_number?: string?; email?: string?; preferred_currency?: string?; preferred_payment_methods?: long[]?; "
        + "auto_reply_message?: string?";

    private const string StoredFile =
        "id: uuid; name: string; content_type: string; bytes: long; width: int?; height: int?; sha256: string; encrypted: bool";

    private const string OpenOrder =
        "id: uuid; kind: string; status: string; party: string; asset: string; crypto_amount: amount; fiat: string; fiat_amount: amount; "
        + "duty: string; deadline: time?; created_at: time";

    private const string DeletionAnswer = "deletion: Deletion";

    private const string Withdrawal =
        "id: uuid; user_id: long; asset: string; amount: amount; destination: string; status: string; external_ref: string?; created_at: time";

    private const string WithdrawalEnd = "BAD_INPUT, NOT_FOUND, REQUEST_ID_REUSED, BUSY, WRONG_STATUS";

    /// <summary>Objects by name.</summary>
    public static IReadOnlyDictionary<string, string> Shapes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(CheckedProfile)] = CheckedProfile,
        [nameof(CreatedProfile)] = CreatedProfile,
        [nameof(WholeProfile)] = WholeProfile,
        [nameof(StoredFile)] = StoredFile,
        [nameof(OpenOrder)] = OpenOrder,
        ["Deletion"] = "asked_at: time?; due_at: time?; reasons: Reason[]",
        ["Reason"] = "code: string; message: string",
        ["ItemImport"] = "is_done: bool; new: int; known: int; error_count: int; errors: ItemImportError[]",
        ["ItemImportError"] = "line: int; column: string; message: string",
        ["Withdrawal"] = Withdrawal,
    };

    /// <summary>Every path.</summary>
    public static IReadOnlyList<RestPath> All { get; } =
    [
        new("GET", "/p2p/health", "Whether the service runs.", "", "text/plain", "", IsOpen: true),
        new("GET", "/health/live", "Whether the process runs.", "", "text/plain", "", IsOpen: true),
        new("GET", "/health/ready", "Whether the node takes users; 503 when it does not. The operator hears of each part, as JSON.", "", "text/plain", "",
            IsOpen: true),
        new("GET", "/api/p2p/profile/check", "Whether the caller has a profile and may connect to the hubs.", "",
            "exists: bool; has_consent: bool; can_connect: bool; message?: string; profile_id?: long; is_suspended?: bool; "
            + "profile?: CheckedProfile", ""),
        new("POST", "/api/p2p/profile/create", "Makes the caller's profile.", Wishes + "; has_consent: bool", "profile: CreatedProfile",
            "BAD_INPUT, CONSENT_REQUIRED, ALREADY_JOINED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, USERNAME_TAKEN", Status: 201),
        new("GET", "/api/p2p/profile", "The caller's profile.", "", "profile: WholeProfile", "NOT_JOINED_P2P"),
        new("PUT", "/api/p2p/profile", "Changes what is sent; an explicit null clears.", Wishes + "; profile_picture_url?: string?",
            "profile: WholeProfile", "BAD_INPUT, NOT_JOINED_P2P, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, USERNAME_TAKEN"),
        new("PUT", "/api/p2p/profile/picture", "Sets the profile picture: JPEG, PNG or WebP, at most 2 MB.", "file", "file: StoredFile",
            "NOT_JOINED_P2P, FILE_TYPE_REFUSED, FILE_TOO_LARGE, BUSY, FILE_MALFORMED, TOO_MANY_PIXELS, QUOTA_EXCEEDED"),
        new("DELETE", "/api/p2p/profile/picture", "Takes the profile picture away.", "", "removed: bool", "NOT_JOINED_P2P"),
        new("GET", "/api/p2p/profiles/{id}/picture", "A user's profile picture.", "", "image/*", "NOT_FOUND"),
        new("GET", "/api/p2p/terms", "The present terms.", "", "version: int; text: string; language: string", ""),
        new("POST", "/api/p2p/profile/consent", "Accepts the present terms.", "terms_version: int",
            "has_consent: bool; terms_version: int; consented_at: time", "BAD_INPUT, NOT_JOINED_P2P, TERMS_OUTDATED"),
        new("GET", "/api/p2p/suspension", "Whether and why the caller is suspended, and the caller's open orders.", "",
            "is_suspended: bool; reason: string?; suspended_at: time?; until: time?; orders: OpenOrder[]; disputes: any[]", ""),
        new("POST", "/api/p2p/suspension/statement", "What a suspended user says of an open order.",
            "order_id: uuid; text: string; payment_reference?: string?", "order_id: uuid; payment_confirmed: bool",
            "BAD_INPUT, NOT_FOUND, QUOTA_EXCEEDED, WRONG_STATUS, WRONG_PARTY"),
        new("POST", "/api/p2p/ticket", "A ticket for one hub connection from the same origin, good once and for 30 seconds.", "",
            "ticket: string; expires_at: time", ""),
        new("POST", "/api/p2p/sign-out", "Ends all connections of the caller and refuses all older tokens.", "", "", ""),
        new("GET", "/api/p2p/privacy/export", "All that is known of the caller.", "", "application/json", ""),
        new("GET", "/api/p2p/privacy/delete", "Whether the account is to be deleted, and what stands against it.", "", DeletionAnswer, ""),
        new("POST", "/api/p2p/privacy/delete", "Asks for the account's deletion.", "second_factor_code?: string?", DeletionAnswer,
            "BAD_INPUT, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG"),
        new("DELETE", "/api/p2p/privacy/delete", "Calls the deletion off.", "", DeletionAnswer, ""),
        new("POST", "/api/p2p/orders/{orderId}/files", "Sends a file into an order's room: JPEG, PNG, WebP or PDF, at most 10 MB.",
            "file", "file: StoredFile",
            "NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS", Status: 201),
        new("GET", "/api/p2p/files/{id}", "A file of an order that the caller is a party of.", "", "application/octet-stream", "NOT_FOUND"),
        new("GET", "/api/p2p/items/export.csv", "The caller's items as a table; docs/dealers.md has its columns.", "", "text/csv",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, NOT_A_PEER"),
        new("POST", "/api/p2p/items/import",
            "Puts a table's items in, all or none. The body is the table as it is (text/csv, UTF-8); the header X-Request-Id has a UUID of version 7, under "
            + "which it happens once. A dry run changes nothing and needs no header.",
            "file", "import: ItemImport",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, FILE_TOO_LARGE, BAD_INPUT, NOT_A_PEER, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, QUOTA_EXCEEDED",
            Query: "dryRun?: bool"),
        new("POST", "/api/p2p/items/{itemId}/images", "Adds a picture to an item of the caller's: JPEG, PNG or WebP, at most 10 MB.",
            "file", "file: StoredFile",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, NOT_A_PEER, NOT_FOUND, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS",
            Status: 201),
        new("GET", "/api/p2p/items/{itemId}/images/{id}", "A picture of an item that the caller sees.", "", "image/*",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, NOT_A_PEER, NOT_FOUND"),
        new("GET", "/api/p2p/goods-orders/export.csv", "The caller's newest 5,000 goods orders as a table; docs/dealers.md has its columns.", "", "text/csv",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, BAD_INPUT, NOT_A_PEER",
            Query: "open?: bool; status?: string; you?: string; itemId?: uuid; peerId?: string; from?: time; until?: time"),
        new("GET", "/api/p2p/sales.csv", "The caller's sales of goods as a table; docs/dealers.md has its columns.", "", "text/csv",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, BAD_INPUT, NOT_A_PEER", Query: "from: day; to: day; by?: string"),
        new("GET", "/api/p2p/stock-turnover.csv", "How often the caller's stock was sold, as a table; docs/dealers.md has its columns.", "", "text/csv",
            "NOT_JOINED_P2P, CONSENT_REQUIRED, BAD_INPUT, NOT_A_PEER", Query: "from: day; to: day"),
        new("GET", "/api/custody/withdrawals", "Withdrawals that wait, oldest first; for the wallet service.", "",
            "withdrawals: Withdrawal[]; next: uuid?", "BAD_INPUT", Query: "after?: uuid; limit?: int"),
        new("POST", "/api/custody/withdrawals/{id}/settle", "The withdrawal was sent; for the wallet service.", "external_ref: string",
            Withdrawal, WithdrawalEnd),
        new("POST", "/api/custody/withdrawals/{id}/return", "The withdrawal is given back; for the wallet service.", "external_ref: string",
            Withdrawal, WithdrawalEnd),
        new("POST", "/api/custody/deposits", "Credits a user, once for each reference; for the wallet service.",
            "external_ref: string; user_id: any; asset: string; amount: amount", "external_ref: string; user_id: long; asset: string; amount: amount",
            "BAD_INPUT, NOT_FOUND, ASSET_UNKNOWN, ASSET_CLOSED, REQUEST_ID_REUSED, BUSY"),
        new("GET", "/api/admin/analytics.csv", "Figures of the house as a table; for staff.", "", "text/csv", "BAD_INPUT",
            Query: "from: day; to: day; groupBy?: string"),
    ];
}
