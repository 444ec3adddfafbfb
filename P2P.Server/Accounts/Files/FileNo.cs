using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Files;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>The refusals of files.</summary>
public static class FileNo
{
    public static Refused WrongType(string message) => new(ErrorCodes.FileTypeRefused, message);

    public static Refused Malformed(string message) => new(ErrorCodes.FileMalformed, message);

    public static Refused TooLarge(long bytesMax) =>
        new(ErrorCodes.FileTooLarge, $"The file is too large: {bytesMax} bytes are taken at most", ("max", Spell(bytesMax)));

    /// <summary>What was found when a file was written anew.</summary>
    public static Refused Of(FileFaultException fault) => fault.Max is { } max
        ? new Refused(fault.Code, fault.Message, ("max", Spell(max)))
        : new Refused(fault.Code, fault.Message);

    private static string Spell(long number) => number.ToString(CultureInfo.InvariantCulture);
}
