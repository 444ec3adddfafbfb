namespace P2P.Server.Core;

/// <summary>What this process was started for.</summary>
/// <param name="IsDevelopment">True for `dev`, false for `serve`.</param>
/// <param name="ShortcutsOn">Demo tokens, the faucet and sign-in shortcuts: only in development and only on loopback addresses.</param>
/// <param name="DataFolder">Where development keeps its files; null when there is none.</param>
public sealed record ServerMode(bool IsDevelopment, bool ShortcutsOn, string? DataFolder);
