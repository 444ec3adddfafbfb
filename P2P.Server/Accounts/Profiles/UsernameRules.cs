using System.Text;
using P2P.Contracts;

namespace P2P.Server.Accounts.Profiles;

/// <summary>What a username may be, and which names look alike.</summary>
public static class UsernameRules
{
    /// <summary>3 to 30 of A-Z a-z 0-9 _.</summary>
    public static bool HasRightShape(string name) =>
        name.Length is >= Limits.UsernameCharsMin and <= Limits.UsernameCharsMax
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>
    /// Names with one skeleton look alike, so only one user can have it: capitals are small letters, underscores are air, 0 is o, 1 and i
    /// are l,
    /// 2 is z, 5 is s, 8 is b; m is written as rn and w as vv, so that it does not matter where one of them begins.
    /// </summary>
    public static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length * 2);
        foreach (var c in name)
        {
            skeleton.Append(char.ToLowerInvariant(c) switch
            {
                '_' => "",
                '0' => "o",
                '1' or 'i' => "l",
                '2' => "z",
                '5' => "s",
                '8' => "b",
                'm' => "rn",
                'w' => "vv",
                var other => other.ToString(),
            });
        }

        // Names of nothing but underscores look like each other.
        return skeleton.Length == 0 ? "_" : skeleton.ToString();
    }
}
