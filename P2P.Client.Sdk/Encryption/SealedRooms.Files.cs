using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk.Encryption;

/// <content>Files: encrypted before they leave where the room is, each with a key of its own.</content>
internal sealed partial class SealedRooms
{
    /// <summary>Writes a message with files: encrypted where the room is, else as they are.</summary>
    public async Task<MessageReply> SendFilesAsync(
        Guid orderId, string? text, IReadOnlyList<RoomFile> given, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        CheckFiles(text, given);
        var cleaned = new List<(byte[] Plain, string ContentType, string Name)>();
        foreach (var file in given)
        {
            var (plain, contentType) = await FileSeal.CleanAsync(file.Content, cancellationToken).ConfigureAwait(false);
            cleaned.Add((plain, contentType, MessageContent.NameOf(file.Name)));
        }

        var isSealed = await keys.LoadAsync(cancellationToken).ConfigureAwait(false) is not null
            && (await FindAsync(orderId, cancellationToken).ConfigureAwait(false) is { IsOn: true }
                || (await hub.GetRoomEncryption(orderId, cancellationToken).ConfigureAwait(false)).State == EncryptionState.On);
        if (!isSealed)
        {
            var ids = new List<Guid>();
            foreach (var (plain, contentType, name) in cleaned)
            {
                ids.Add((await UploadAsync(orderId, plain, name, contentType, progress, cancellationToken).ConfigureAwait(false)).Id);
            }

            return await hub.SendMessage(
                new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Text = text, AttachmentIds = ids },
                cancellationToken).ConfigureAwait(false);
        }

        var sent = new List<SealedFile>();
        foreach (var (plain, contentType, name) in cleaned)
        {
            var (ciphertext, key) = FileSeal.Seal(orderId, plain);
            var file = await UploadAsync(orderId, ciphertext, FileSeal.OuterName, null, progress, cancellationToken).ConfigureAwait(false);
            sent.Add(new SealedFile
            {
                Id = file.Id,
                Name = name,
                ContentType = contentType,
                Bytes = plain.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(ciphertext)),
                Key = Base64Url.EncodeToString(key),
            });
        }

        var says = new MessageContent(text ?? "", sent);
        var room = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(
            room, () => SendSealedAsync(room, Guid.CreateVersion7(), says, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A file of a message, in the clear.</summary>
    public async Task<OpenedFile> OpenFileAsync(Guid orderId, MessageView message, Guid fileId, CancellationToken cancellationToken)
    {
        if (message.Envelope is null)
        {
            var view = message.Attachments.FirstOrDefault(file => file.Id == fileId) ?? throw NoFile();
            var content = await FetchAsync(fileId, cancellationToken).ConfigureAwait(false);
            return new OpenedFile { Content = content, ContentType = view.ContentType, Name = view.Name };
        }

        var room = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        var file = await InTurnAsync(
            room,
            async () =>
            {
                if (message.Seq > room.Seq)
                {
                    await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                }

                return room.FileOf(message, fileId);
            },
            cancellationToken).ConfigureAwait(false) ?? throw NoFile();
        var ciphertext = await FetchAsync(fileId, cancellationToken).ConfigureAwait(false);
        return new OpenedFile { Content = FileSeal.Open(orderId, file, ciphertext), ContentType = file.ContentType, Name = file.Name };
    }

    private async Task<FileView> UploadAsync(
        Guid orderId, byte[] content, string name, string? contentType, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content);
        return await files.UploadAsync(
            orderId, stream, name, contentType, isEncrypted: contentType is null, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> FetchAsync(Guid fileId, CancellationToken cancellationToken)
    {
        var download = await files.DownloadAsync(fileId, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            try
            {
                return await FileSeal.ReadAsync(download.Content, Limits.FileBytesMax, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new P2PException(ErrorCodes.Unavailable, "The download broke off.", innerException: e);
            }
        }
    }

    /// <summary>Text and list together fit an envelope.</summary>
    private static void CheckFiles(string? text, IReadOnlyList<RoomFile> given)
    {
        if (given.Count is 0 or > Limits.ChatAttachmentsMax)
        {
            throw new P2PException(ErrorCodes.BadInput, $"1 to {Limits.ChatAttachmentsMax} files hang on a message.");
        }

        if (text is { Length: > Limits.ChatTextCharsMax }
            || Encoding.UTF8.GetByteCount(text ?? "") + (given.Count * MessageContent.FileBytesMax) > Limits.SealedTextBytesMax)
        {
            throw new P2PException(ErrorCodes.BadInput, $"A message has at most {Limits.ChatTextCharsMax} characters, and less beside many files.");
        }
    }

    private static P2PException NoFile() => new(ErrorCodes.NotFound, "No such file hangs on this message.");
}
