namespace P2P.Client.Sdk;

/// <summary>How far a user's event stream has been handled.</summary>
/// <param name="Epoch">The history of the server's database in which the number was heard; a restored database has another.</param>
/// <param name="Seq">The number of the last event whose handlers have all ended; 0 before the first.</param>
public sealed record EventPosition(Guid Epoch, long Seq);
