using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;

namespace P2P.Tests.Trading;

/// <summary>One wrong call: its arguments as text, and the codes that may answer it.</summary>
/// <param name="Method">The hub's method.</param>
/// <param name="Arguments">A JSON array, or what stands in its place.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Codes">One of these is the answer.</param>
/// <param name="Path">The member that the refusal names; null where it may name another or none.</param>
internal sealed record BadCall(string Method, string Arguments, string What, IReadOnlyList<string> Codes, string? Path = null)
{
    public override string ToString() => $"{Method}: {What}";
}

/// <summary>Makes every wrong variant of a good request that its type tells of.</summary>
internal static class BadCalls
{
    private const string Hole = "@hole@";
    private static readonly string[] BadInput = [ErrorCodes.BadInput];
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Members whose text may be anything: it is cleaned, not refused, so only its length counts.</summary>
    private static readonly HashSet<string> FreeTexts =
    [
        "label", "autoReplyMessage", "terms.terms", "terms.autoReply", "paymentReference", "payerName", "search", "destination", "linkSecret", "text",
        "businessName", "registrationNumber", "reason", "note", "name",
    ];

    /// <summary>Amounts for which zero means something.</summary>
    private static readonly HashSet<string> MayBeZero = ["terms.conditions.completionRateMin", "minRating", "feeRate"];

    /// <summary>Numbers that are counted from zero.</summary>
    private static readonly HashSet<string> CountsFromZero =
    [
        "terms.conditions.completedTradesMin", "terms.conditions.accountAgeDaysMin",
        "quietHours.fromMinute", "quietHours.toMinute", "quietHours.utcOffsetMinutes", "afterSeq", "overlapHours",
        "scale",
    ];

    /// <summary>
    /// Filters for which nothing is found, what was never watched and what may be longer than most: right in shape, and nothing wrong happens.
    /// </summary>
    private static readonly HashSet<string> IsRight =
    [
        "ListAds.paymentMethodId", "UnsubscribeAdBook.asset", "UnsubscribeAdBook.fiat", "GetMessages.beforeSeq", "GetMessages.afterSeq",
        "ListComplaints.orderId", "ListDisputeQueue.userId", "ListComplaintQueue.userId", "ListComplaintQueue.orderId",
        "SearchReviews.authorId", "SearchReviews.subjectId", "SearchReviews.orderId", "SearchAds.ownerId", "SearchAds.asset", "SearchAds.fiat",
        "GetCaseMessages.beforeSeq", "GetCaseMessages.afterSeq", "SearchUsers.userId", "SearchUsers.sub", "SearchOrders.userId",
        "ListAudit.actor", "ListAudit.target", "ListAudit.action", "VerifyAudit.afterSeq", "PublishTerms.text",
        "ChangeAsset.orderMin", "ChangeAsset.orderMax",
    ];

    /// <summary>What no request of a call may look like, whatever its members.</summary>
    public static IEnumerable<BadCall> OfCall(string method, Type type, string good)
    {
        yield return new(method, "[]", "no argument", BadInput);
        yield return new(method, $"[{good},{good}]", "an argument too many", BadInput);
        yield return new(method, "[null]", "null", BadInput);
        yield return new(method, "[1]", "a number", BadInput);
        yield return new(method, "[\"x\"]", "a text", BadInput);
        yield return new(method, "[[]]", "a list", BadInput);
        yield return new(method, "[true]", "a truth", BadInput);
        yield return new(method, "null", "no list of arguments", BadInput);
        yield return new(method, good, "an object in place of the arguments", BadInput);
        if (type.GetProperties().Any(IsRequired))
        {
            yield return new(method, "[{}]", "an empty request", BadInput);
        }

        yield return new(method, $"[{new string('[', 20)}{new string(']', 20)}]", "too deep", BadInput);
        yield return new(method + "x", $"[{good}]", "no such method", [ErrorCodes.UnknownMethod]);
    }

    /// <summary>Every member wrong in every way.</summary>
    public static IEnumerable<BadCall> OfMembers(string method, Type type, JsonObject good) => OfObject(method, type, good, good, "");

    private static IEnumerable<BadCall> OfObject(string method, Type type, JsonObject root, JsonObject here, string path)
    {
        yield return Bad("notAMember", With(here, root, "\"notAMember\":1"), "an unknown member");
        yield return Bad("", With(here, root, "\"__proto__\":{}"), "a member of another language");
        foreach (var property in type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (IsRequired(property))
            {
                yield return Bad("", Without(here, root, name), $"{at} is missing");
            }

            if (here[name] is { } value)
            {
                yield return Bad("", With(here, root, $"{JsonSerializer.Serialize(name)}:{value.ToJsonString()}"), $"{at} twice");
            }

            if (Nullable.GetUnderlyingType(property.PropertyType) is null
                && (property.PropertyType.IsValueType || Nullability.Create(property).WriteState == NullabilityState.NotNull))
            {
                yield return Bad("", Put(here, root, name, "null"), $"{at} is null");
            }

            var variants = Variants(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, at);
            foreach (var (raw, codes, exact) in variants.Where(variant => variant.Exact || !IsRight.Contains($"{method}.{at}")))
            {
                yield return new(method, Put(here, root, name, raw), $"{at} is {Short(raw)}", codes, exact ? at : null);
            }

            if (here[name] is JsonObject inner && property.PropertyType.IsClass && property.PropertyType.Assembly == typeof(Limits).Assembly)
            {
                foreach (var call in OfObject(method, property.PropertyType, root, inner, at))
                {
                    yield return call;
                }
            }
        }

        BadCall Bad(string name, string arguments, string what) =>
            new(method, arguments, what, BadInput, name.Length == 0 ? null : path.Length == 0 ? name : $"{path}.{name}");
    }

    private static IEnumerable<(string Raw, string[] Codes, bool Exact)> Variants(Type type, string path)
    {
        var isText = type == typeof(string) || type == typeof(decimal) || type == typeof(Guid) || type.IsEnum;
        var isMap = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);
        var isNumber = type == typeof(int) || type == typeof(long);
        foreach (var raw in new[] { "{}", "true", "[]", "\"x y\"", "1.5" })
        {
            // A text may be "x y", an empty list is a list, and a map may be empty: those are another check's affair.
            var isRight = (raw == "\"x y\"" && type == typeof(string))
                || (raw == "[]" && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && !isText && !isMap)
                || (raw == "{}" && (isMap || type.IsClass) && !isText)
                || (raw == "true" && type == typeof(bool));
            if (!isRight)
            {
                yield return (raw, BadInput, true);
            }
        }

        IEnumerable<(string, string[], bool)> more = type switch
        {
            _ when type == typeof(decimal) => Amounts(path),
            _ when isNumber => Numbers(type, path),
            _ when type.IsEnum => Enums(),
            _ when type == typeof(Guid) => Guids(path),
            _ when type == typeof(string) => Texts(path),
            _ => [],
        };
        foreach (var one in more)
        {
            yield return one;
        }
    }

    private static IEnumerable<(string, string[], bool)> Amounts(string path)
    {
        foreach (var raw in new[]
        {
            "0.1", "1", "1e999", "\"1e5\"", "\"NaN\"", "\"Infinity\"", "\"1.123456789\"", "\"\"", "\" 1\"", "\"+1\"", "\"1,5\"", "\".5\"", "\"1.\"",
            "\"0x10\"", "\"999999999999999999999\"", $"\"{new string('9', 1_000)}\"", "\"\\u0661\"",
        })
        {
            yield return (raw, BadInput, raw != "1e999");
        }

        yield return ("\"-1\"", BadInput, false);
        yield return ("\"1000000000001\"", BadInput, false);
        if (!MayBeZero.Contains(path))
        {
            yield return ("\"0\"", BadInput, false);
            yield return ("\"-0\"", BadInput, false);
        }
    }

    private static IEnumerable<(string, string[], bool)> Numbers(Type type, string path)
    {
        foreach (var raw in new[] { "\"5\"", "1e999", "9223372036854775808", "1e400", "-9223372036854775809" })
        {
            yield return (raw, BadInput, true);
        }

        var isId = type == typeof(long);
        string[] codes = isId ? [ErrorCodes.NotFound, ErrorCodes.PaymentMethodUnknown, ErrorCodes.PaymentMethodNotAccepted, ErrorCodes.BadInput]
            : path == "expectedVersion" ? [ErrorCodes.StaleVersion, ErrorCodes.BadInput]
            : BadInput;
        yield return ("-1", codes, false);
        if (!CountsFromZero.Contains(path))
        {
            yield return ("0", codes, false);
        }

        yield return (isId ? "9223372036854775807" : "2147483647", codes, false);
    }

    private static IEnumerable<(string, string[], bool)> Enums()
    {
        foreach (var raw in new[] { "0", "1", "99", "\"nonsense\"", "\"\"", "\"1\"", "\"sell,buy\"" })
        {
            yield return (raw, BadInput, true);
        }

        yield return ("\"unknown\"", BadInput, false);
    }

    private static IEnumerable<(string, string[], bool)> Guids(string path)
    {
        foreach (var raw in new[] { "\"\"", "1", "\"../../etc\"", "\"' or 1=1 --\"", $"\"{new string('a', 1_000)}\"" })
        {
            yield return (raw, BadInput, true);
        }

        if (path == "requestId")
        {
            yield return ($"\"{Guid.Empty}\"", BadInput, false);
            yield return ($"\"{Guid.NewGuid()}\"", BadInput, false);
            yield return ($"\"{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(-25))}\"", [ErrorCodes.RequestIdExpired], false);
            yield return ($"\"{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(11))}\"", [ErrorCodes.RequestIdExpired], false);
        }
        else
        {
            string[] codes = path == "paymentAccountId" ? [ErrorCodes.NotFound, ErrorCodes.PaymentAccountRequired] : [ErrorCodes.NotFound];
            yield return ($"\"{Guid.Empty}\"", codes, false);
            yield return ($"\"{Guid.CreateVersion7()}\"", codes, false);
        }
    }

    private static IEnumerable<(string, string[], bool)> Texts(string path)
    {
        yield return ("5", BadInput, true);
        yield return ("\"\\ud800\"", BadInput, true);
        string[] codes =
        [
            ErrorCodes.BadInput, ErrorCodes.AssetUnknown, ErrorCodes.CurrencyUnknown, ErrorCodes.NotFound, ErrorCodes.PaymentAccountInvalid,
        ];
        yield return ($"\"{new string('x', 20_000)}\"", codes, false);
        if (!FreeTexts.Contains(path))
        {
            yield return ("\"a\\u0000b\"", codes, false);
            yield return ("\"a\\u001bb\\r\\n\"", codes, false);
            yield return ("\"\\u202eevil\"", codes, false);
            yield return ("\"' or 1=1 --\"", codes, false);
        }
    }

    private static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;

    private static string Put(JsonObject here, JsonObject root, string name, string raw)
    {
        var had = here.ContainsKey(name);
        var before = here[name]?.DeepClone();
        here[name] = Hole;
        var text = $"[{root.ToJsonString()}]".Replace($"\"{Hole}\"", raw, StringComparison.Ordinal);
        if (had)
        {
            here[name] = before;
        }
        else
        {
            here.Remove(name);
        }

        return text;
    }

    /// <summary>Adds a member as text, so that it can be one that stands there already.</summary>
    private static string With(JsonObject here, JsonObject root, string member)
    {
        here[Hole] = 1;
        var text = $"[{root.ToJsonString()}]".Replace($"\"{Hole}\":1", member, StringComparison.Ordinal);
        here.Remove(Hole);
        return text;
    }

    private static string Without(JsonObject here, JsonObject root, string name)
    {
        var before = here[name]?.DeepClone();
        here.Remove(name);
        var text = $"[{root.ToJsonString()}]";
        here[name] = before;
        return text;
    }

    private static string Short(string raw) => raw.Length <= 40 ? raw : $"{raw[..40]}.. ({raw.Length} characters)";
}
