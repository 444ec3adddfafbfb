namespace P2P.Db;

/// <summary>The private PostgreSQL cannot run here. The message is one sentence that says what to do.</summary>
public sealed class PrivatePostgresException(string message, Exception? inner = null) : Exception(message, inner);
