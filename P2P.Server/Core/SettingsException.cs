namespace P2P.Server.Core;

/// <summary>A setting is missing or wrong. The message is one sentence that says what to do; it never repeats a secret.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
