namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>A verification found something: the operator's command fails by it.</summary>
public sealed class VerificationException(string message) : Exception(message);
