using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace P2P.Tests.Web;

/// <summary>
/// Brings what a client saw to one spelling, byte for byte: members in order, without those that are null; ids by the order in which they were met;
/// times, hashes, people and their ids by what they are.
/// </summary>
internal sealed partial class Observations
{
    private const long PeopleFrom = 1_000_000_000;

    private static readonly JsonSerializerOptions Spelling = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly Dictionary<string, string> _ids = [];

    /// <summary>The one spelling of these observations.</summary>
    public static string Spell(JsonArray observed) => (new Observations().Of(observed) ?? new JsonArray()).ToJsonString(Spelling);

    /// <summary>The same as a node, to be recorded.</summary>
    public static JsonNode Recorded(JsonArray observed) => JsonNode.Parse(Spell(observed)) ?? new JsonArray();

    private JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        JsonValue value when value.TryGetValue<long>(out var number) && number >= PeopleFrom => "<user>",
        _ => node?.DeepClone(),
    };

    private string Text(string text)
    {
        text = Id().Replace(text, match => _ids.TryGetValue(match.Value, out var known)
            ? known
            : _ids[match.Value] = string.Create(CultureInfo.InvariantCulture, $"<id {_ids.Count + 1}>"));
        text = Hash().Replace(text, "<hash>");
        return Person().Replace(Time().Replace(text, "<time>"), "<${role}>");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(?<role>[a-z]+)_w\d+\b")]
    private static partial Regex Person();
}
