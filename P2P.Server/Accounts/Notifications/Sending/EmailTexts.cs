using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using P2P.Contracts.Accounts;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>An e-mail before it is addressed.</summary>
public sealed record EmailText(string Subject, string Body);

/// <summary>What e-mails say, in each language; read from the resources once.</summary>
public static partial class EmailTexts
{
    private const int SubjectCharsMax = 200;
    private const int DigestLinesMax = 100;

    private static readonly FrozenDictionary<string, Language> All = Languages.Names.ToFrozenDictionary(name => name, Read);

    /// <summary>One notification.</summary>
    public static EmailText Of(string language, OutgoingNotice notice, string footer)
    {
        var texts = All[language];
        var (subject, line) = Filled(texts, notice);
        return new EmailText(Header(subject), $"{line}\n\n-- \n{texts.Footer.Replace("{where}", footer, StringComparison.Ordinal)}\n");
    }

    /// <summary>Several notifications in one.</summary>
    public static EmailText Digest(string language, IReadOnlyList<OutgoingNotice> notices, string footer)
    {
        var texts = All[language];
        var lines = notices.OrderBy(notice => notice.At).Take(DigestLinesMax)
            .Select(notice => $"* {notice.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC  {Filled(texts, notice).Line}");
        var subject = texts.DigestSubject.Replace("{count}", $"{notices.Count}", StringComparison.Ordinal);
        return new EmailText(
            Header(subject), $"{string.Join('\n', lines)}\n\n-- \n{texts.Footer.Replace("{where}", footer, StringComparison.Ordinal)}\n");
    }

    /// <summary>The code that confirms an address.</summary>
    public static EmailText Code(string language, string code)
    {
        var texts = All[language];
        return new EmailText(Header(texts.CodeSubject), texts.CodeBody.Replace("{code}", code, StringComparison.Ordinal) + "\n");
    }

    private static (string Subject, string Line) Filled(Language texts, OutgoingNotice notice)
    {
        var text = texts.Kinds[notice.Kind];
        return (Fill(text.Subject, notice.Args), Fill(text.Line, notice.Args));
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> args) =>
        Hole().Replace(text, match => CleanText.Line(args.GetValueOrDefault(match.Groups["name"].Value)) ?? "");

    /// <summary>What stands in a header has no line breaks, whatever it was made of.</summary>
    private static string Header(string text)
    {
        var line = CleanText.Line(text) ?? "";
        return line.Length <= SubjectCharsMax ? line : line[..SubjectCharsMax];
    }

    private static Language Read(string name)
    {
        using var stream = typeof(EmailTexts).Assembly.GetManifestResourceStream($"Notifications.{name}.json")
            ?? throw new InvalidOperationException($"The texts in {name} are missing.");
        return JsonSerializer.Deserialize<Language>(stream, P2P.Contracts.WireJson.Server)
            ?? throw new InvalidOperationException($"The texts in {name} are null.");
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}")]
    private static partial Regex Hole();

    internal sealed record Language
    {
        public required string Footer { get; init; }
        public required string DigestSubject { get; init; }
        public required string CodeSubject { get; init; }
        public required string CodeBody { get; init; }
        public required Dictionary<NotificationKind, KindText> Kinds { get; init; }
    }

    internal sealed record KindText
    {
        public required string Subject { get; init; }
        public required string Line { get; init; }
    }
}
