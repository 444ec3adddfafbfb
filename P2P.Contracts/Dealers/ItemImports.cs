namespace P2P.Contracts.Dealers;

/// <summary>A table of items that is to be put in.</summary>
public sealed record ImportItemsRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The table (RFC 4180), its first line the names of columns; docs/dealers.md has them. At most 1 MB and 200 items.</summary>
    public required string Csv { get; init; }
}

/// <summary>What became of a table of items, or would.</summary>
public sealed record ItemImport
{
    /// <summary>True when the new items are there now; false after a dry run, and when anything is wrong: then nothing was put in.</summary>
    public required bool IsDone { get; init; }

    /// <summary>Lines of new items that are right.</summary>
    public required int New { get; init; }

    /// <summary>Lines of items that are there already; they are passed over.</summary>
    public required int Known { get; init; }

    /// <summary>How many faults there are.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>The first 100 of them, by line.</summary>
    public required IReadOnlyList<ItemImportError> Errors { get; init; }
}

/// <summary>What is wrong with a line.</summary>
public sealed record ItemImportError
{
    /// <summary>The line of the table, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column; empty when it is the line as a whole.</summary>
    public required string Column { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Message { get; init; }
}
