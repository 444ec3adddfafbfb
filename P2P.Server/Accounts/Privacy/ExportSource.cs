namespace P2P.Server.Accounts.Privacy;

/// <summary>
/// One part of what is known of a person. Every feature registers its own, because accounts know none of them; a test compares all of them
/// with the schema.
/// </summary>
/// <param name="Name">What the export calls it.</param>
/// <param name="Sql">A select over <c>@userId</c>, in an order of its own.</param>
/// <param name="Tables">The tables whose rows it holds.</param>
public sealed record ExportSource(string Name, string Sql, params string[] Tables);

/// <summary>What no export holds, and why.</summary>
/// <param name="What">A table, or a column as <c>table.column</c>.</param>
/// <param name="Why">Told in the export, too.</param>
public sealed record ExportGap(string What, string Why);
