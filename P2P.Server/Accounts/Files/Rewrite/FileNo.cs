using System.Globalization;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files.Rewrite;

/// <summary>The refusals of files.</summary>
public static class FileNo
{
    public static Refused WrongType(string message) => new(ErrorCodes.FileTypeRefused, message);

    public static Refused Malformed(string message) => new(ErrorCodes.FileMalformed, message);

    public static Refused CutOff() => Malformed("The file ends too early");

    public static Refused TooLarge(long bytesMax) =>
        new(ErrorCodes.FileTooLarge, $"The file is too large: {bytesMax} bytes are taken at most", ("max", Spell(bytesMax)));

    /// <summary>Refuses a size before a single pixel is looked at.</summary>
    public static void EnsurePixels(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw Malformed("The picture has no pixels");
        }

        if (width * height > Limits.PicturePixelsMax)
        {
            throw new Refused(
                ErrorCodes.TooManyPixels,
                $"The picture is too large: {Limits.PicturePixelsMax} pixels are taken at most",
                ("max", Spell(Limits.PicturePixelsMax)));
        }
    }

    private static string Spell(long number) => number.ToString(CultureInfo.InvariantCulture);
}
