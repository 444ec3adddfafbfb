using System.Globalization;

namespace P2P.Contracts.Files;

/// <summary>The refusals of files.</summary>
internal static class FileFault
{
    public static FileFaultException WrongType(string message) => new(ErrorCodes.FileTypeRefused, message);

    public static FileFaultException Malformed(string message) => new(ErrorCodes.FileMalformed, message);

    public static FileFaultException CutOff() => Malformed("The file ends too early");

    /// <summary>Refuses a size before a single pixel is looked at.</summary>
    public static void EnsurePixels(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw Malformed("The picture has no pixels");
        }

        if (width * height > Limits.PicturePixelsMax)
        {
            throw new FileFaultException(
                ErrorCodes.TooManyPixels,
                string.Create(CultureInfo.InvariantCulture, $"The picture is too large: {Limits.PicturePixelsMax} pixels are taken at most"),
                Limits.PicturePixelsMax);
        }
    }
}
