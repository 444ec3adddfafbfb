using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Encryption;
using P2P.Contracts.Files;

namespace P2P.Client.Sdk.Encryption;

/// <summary>What an encrypted message says: a text, and the files that hang on it.</summary>
internal sealed record MessageContent(string Text, IReadOnlyList<SealedFile> Files)
{
    private const byte TextOnly = 1;
    private const byte WithFiles = 2;
    private const int NameBytesMax = 255;
    private const int FixedBytes = 16 + (2 * P256.HashBytes) + sizeof(int) + 2;

    /// <summary>The longest that a file's line can be.</summary>
    public const int FileBytesMax = FixedBytes + NameBytesMax;

    /// <summary>The kinds of files by the byte that stands for them.</summary>
    private static readonly FileKind[] Kinds = [FileKind.Jpeg, FileKind.Png, FileKind.WebP, FileKind.Pdf];

    public static MessageContent Of(string text) => new(text, []);

    /// <summary>The content as it is encrypted.</summary>
    public byte[] Write()
    {
        var text = Encoding.UTF8.GetBytes(Text);
        return Files.Count == 0 ? [TextOnly, .. text] : [WithFiles, (byte)Files.Count, .. Files.SelectMany(Write), .. text];
    }

    /// <summary>A content as it was written; null when it is none.</summary>
    public static MessageContent? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [TextOnly, ..])
        {
            return Of(Encoding.UTF8.GetString(bytes[1..]));
        }

        if (bytes is not [WithFiles, >= 1 and <= Limits.ChatAttachmentsMax, ..])
        {
            return null;
        }

        var files = new SealedFile[bytes[1]];
        var rest = bytes[2..];
        for (var i = 0; i < files.Length; i++)
        {
            if (ReadFile(ref rest) is not { } file)
            {
                return null;
            }

            files[i] = file;
        }

        return new MessageContent(Encoding.UTF8.GetString(rest), files);
    }

    /// <summary>A name as it fits: without what nobody can see, and no longer than a byte can count.</summary>
    public static string NameOf(string name)
    {
        var clean = SafeText.Of(name).ReplaceLineEndings(" ");
        while (Encoding.UTF8.GetByteCount(clean) > NameBytesMax)
        {
            clean = clean[..^(char.IsLowSurrogate(clean[^1]) ? 2 : 1)];
        }

        return clean.Length == 0 ? "file" : clean;
    }

    private static byte[] Write(SealedFile file)
    {
        var name = Encoding.UTF8.GetBytes(file.Name);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, checked((int)file.Bytes));
        var kind = (byte)(1 + Array.FindIndex(Kinds, one => FileFacts.TypeOf(one) == file.ContentType));
        return
        [
            .. file.Id.ToByteArray(bigEndian: true), .. Base64Url.DecodeFromChars(file.Key), .. Convert.FromHexString(file.Sha256), .. length, kind,
            (byte)name.Length, .. name,
        ];
    }

    private static SealedFile? ReadFile(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes.Length < FixedBytes + bytes[FixedBytes - 1] || bytes[FixedBytes - 2] is < 1 or > 4)
        {
            return null;
        }

        var name = bytes.Slice(FixedBytes, bytes[FixedBytes - 1]);
        var file = new SealedFile
        {
            Id = new Guid(bytes[..16], bigEndian: true),
            Key = Base64Url.EncodeToString(bytes.Slice(16, P256.HashBytes)),
            Sha256 = Convert.ToHexStringLower(bytes.Slice(16 + P256.HashBytes, P256.HashBytes)),
            Bytes = BinaryPrimitives.ReadUInt32BigEndian(bytes[(16 + (2 * P256.HashBytes))..]),
            ContentType = FileFacts.TypeOf(Kinds[bytes[FixedBytes - 2] - 1]),
            // The reader cleans what the server could not.
            Name = NameOf(Encoding.UTF8.GetString(name)),
        };
        bytes = bytes[(FixedBytes + name.Length)..];
        return file;
    }
}
