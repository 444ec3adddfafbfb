using P2P.Contracts.Deals;

namespace P2P.Server.Accounts.Files;

/// <summary>What a file is for.</summary>
public enum FilePurpose
{
    Attachment,
    Picture,
    Item,
}

/// <summary>A file's row.</summary>
public sealed record StoredFile
{
    public required Guid Id { get; init; }
    public required long OwnerId { get; init; }
    public required FilePurpose Purpose { get; init; }

    /// <summary>The order whose parties may read it; of an attachment.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The item that it shows; of an item's picture.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The message that names it; null until one does.</summary>
    public Guid? MessageId { get; init; }

    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public required long Bytes { get; init; }
    public required byte[] Sha256 { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public required bool Encrypted { get; init; }

    /// <summary>The name in the store: 128 random bits, made of nothing that a person wrote.</summary>
    public required string StoredName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the parties see of it.</summary>
    public FileView View() => new()
    {
        Id = Id,
        Name = Name,
        ContentType = ContentType,
        Bytes = Bytes,
        Width = Width,
        Height = Height,
        Sha256 = Convert.ToHexStringLower(Sha256),
        Encrypted = Encrypted,
    };
}
