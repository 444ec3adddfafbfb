using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace P2P.Codegen;

/// <summary>How a member is named in the text that is written: by its type, its name, and whether it is a call, a property or a value.</summary>
internal delegate string NameSpelling(char kind, string type, string member);

/// <summary>What the contracts' comments say, as plain text with names in backticks.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocs(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the file that the compiler put beside an assembly.</summary>
    public static XmlDocs Of(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{path} is missing: the comments of the contracts are read from it.");
        }

        return new XmlDocs(XDocument.Load(path).Descendants("member")
            .ToDictionary(member => member.Attribute("name")?.Value ?? "", member => member));
    }

    /// <summary>A type's summary.</summary>
    public string Summary(Type type, NameSpelling spell) => Part($"T:{Id(type)}", "summary", spell);

    /// <summary>A type's remarks; empty without any.</summary>
    public string Remarks(Type type, NameSpelling spell) => Part($"T:{Id(type)}", "remarks", spell);

    /// <summary>A property's summary, where it is inherited that of the interface.</summary>
    public string Summary(PropertyInfo property, NameSpelling spell)
    {
        var owner = property.DeclaringType ?? throw new InvalidOperationException($"{property.Name} has no type.");
        var own = Part($"P:{Id(owner)}.{property.Name}", "summary", spell);
        return own.Length > 0
            ? own
            : owner.GetInterfaces().Select(one => Part($"P:{Id(one)}.{property.Name}", "summary", spell))
                .FirstOrDefault(text => text.Length > 0) ?? "";
    }

    /// <summary>A field's summary: a value of an enum, or a constant.</summary>
    public string Summary(FieldInfo field, NameSpelling spell) =>
        Part($"F:{Id(field.DeclaringType ?? typeof(object))}.{field.Name}", "summary", spell);

    /// <summary>A method's summary.</summary>
    public string Summary(MethodInfo method, NameSpelling spell) => Part(Find(method), "summary", spell);

    /// <summary>A method's remarks: the codes of a call, in the order in which they are checked.</summary>
    public string Remarks(MethodInfo method, NameSpelling spell) => Part(Find(method), "remarks", spell);

    /// <summary>What a parameter is; empty when nothing is said.</summary>
    public string Parameter(MethodInfo method, string name, NameSpelling spell) =>
        Find(method) is { } member && member.Elements("param").FirstOrDefault(one => one.Attribute("name")?.Value == name) is { } found
            ? Text(found, spell)
            : "";

    private XElement? Find(MethodInfo method)
    {
        var id = $"M:{Id(method.DeclaringType ?? typeof(object))}.{method.Name}";
        // A hub's methods are told apart by their names alone.
        return _members.FirstOrDefault(member => member.Key == id || member.Key.StartsWith(id + "(", StringComparison.Ordinal)).Value;
    }

    private string Part(string id, string part, NameSpelling spell) => Part(_members.GetValueOrDefault(id), part, spell);

    private static string Part(XElement? member, string part, NameSpelling spell) =>
        member?.Element(part) is { } element ? Text(element, spell) : "";

    private static string Text(XElement element, NameSpelling spell) =>
        Spaces().Replace(string.Concat(element.Nodes().Select(node => Text(node, spell))), " ").Replace(" \n", "\n").Trim();

    private static string Text(XNode node, NameSpelling spell) => node switch
    {
        XText text => Spaces().Replace(text.Value.Replace('\n', ' '), " "),
        XElement { Name.LocalName: "see" or "seealso" } see => $"`{Cref(see.Attribute("cref")?.Value ?? see.Value, spell)}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "b" } strong => Text(strong, spell),
        XElement { Name.LocalName: "list" } list => string.Concat(list.Elements("item").Select(item => "\n- " + Text(item, spell))) + "\n",
        XElement { Name.LocalName: "item" or "para" } part => Text(part, spell) + " ",
        XElement { Name.LocalName: "inheritdoc" } => "",
        XElement other => throw new InvalidOperationException($"Comments hold no <{other.Name.LocalName}> yet."),
        _ => "",
    };

    private static string Cref(string cref, NameSpelling spell)
    {
        var kind = cref.Length > 1 && cref[1] == ':' ? cref[0] : 'T';
        var name = cref.Split('(')[0].Split(':')[^1];
        var parts = name.Split('.');
        return kind == 'T' ? spell('T', Bare(parts[^1]), "") : spell(kind, Bare(parts[^2]), parts[^1]);
    }

    private static string Bare(string name) => name.Split('`')[0];

    private static string Id(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.') ?? type.Name;

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
