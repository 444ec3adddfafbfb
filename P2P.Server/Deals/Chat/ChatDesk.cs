namespace P2P.Server.Deals.Chat;

/// <summary>What the calls on rooms work with.</summary>
public sealed record ChatDesk(ChatFlow Flow, ChatReadFlow Reads, ReceiptFlow Receipts, EncryptionFlow Encryption);
