namespace P2P.Db;

/// <summary>The scripts and the database do not fit together. The message is one sentence that says what to do.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
