using System.Buffers.Text;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// What an inviter sends, as a link or a QR code: <c>https://p2p.example/invite/AD-7X9K-2M4P#secret.fingerprint</c>. What follows the
/// <c>#</c> goes from
/// person to person and is never sent to the server.
/// </summary>
/// <param name="Locator">What finds the invitation: <c>AD-7X9K-2M4P</c>.</param>
/// <param name="Secret">26 symbols by chance: who has them can accept.</param>
/// <param name="Fingerprint">The newest link of the inviter's key log, base64url: what the server cannot exchange unseen.</param>
public sealed record InvitationLink(string Locator, string Secret, string Fingerprint)
{
    /// <summary>Reads a link; null when the text is none.</summary>
    public static InvitationLink? TryParse(string? text)
    {
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri)
            || InvitationCode.TryReadLocator(uri.Segments[^1]) is not { } locator
            || uri.Fragment.TrimStart('#').Split('.') is not [var first, var fingerprint]
            || InvitationCode.TryReadSecret(first) is not { } secret
            || !Base64Url.IsValid(fingerprint)
            || Base64Url.DecodeFromChars(fingerprint).Length != P256.HashBytes)
        {
            return null;
        }

        return new InvitationLink(InvitationCode.Show(locator), secret, fingerprint);
    }

    /// <summary>The link on a server, or on any page that passes it on.</summary>
    /// <param name="server">What comes before <c>/invite/</c>.</param>
    public Uri ToUri(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new Uri($"{server.GetLeftPart(UriPartial.Path).TrimEnd('/')}/invite/{Locator}#{Secret}.{Fingerprint}");
    }

    /// <summary>Without the secret, so that no log gets it by accident.</summary>
    public override string ToString() => Locator;
}
