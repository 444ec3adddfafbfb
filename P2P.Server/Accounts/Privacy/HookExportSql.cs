namespace P2P.Server.Accounts.Privacy;

/// <summary>What is known of where a person's events and notifications go.</summary>
internal static class HookExportSql
{
    public const string Endpoints =
        """
        select id, audience, url, types, former_ends_at, status, status_at, seq, delivered_seq, attempts, failing_since, is_slow, next_at,
               tested_at, created_at
          from webhook_endpoints
         where user_id = @userId
         order by id
        """;

    public const string Deliveries =
        """
        select d.id, d.endpoint_id, d.kind, d.first_seq, d.last_seq, d.events, d.attempt, d.http_status, d.latency_ms, d.error, d.at
          from webhook_deliveries d
          join webhook_endpoints e on e.id = d.endpoint_id
         where e.user_id = @userId
         order by d.id
        """;

    public const string Browsers =
        """
        select id, endpoint, created_at, sent_at
          from web_push_subscriptions
         where user_id = @userId
         order by id
        """;
}
