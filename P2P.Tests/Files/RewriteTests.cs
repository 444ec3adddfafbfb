using System.Text;
using P2P.Contracts;
using P2P.Contracts.Files;
using static P2P.Tests.Files.Pictures;

namespace P2P.Tests.Files;

/// <summary>What comes out of the rewrite, and what does not (S32).</summary>
public sealed class RewriteTests
{
    private static readonly string[] Refusals = [ErrorCodes.FileMalformed, ErrorCodes.FileTypeRefused, ErrorCodes.TooManyPixels];

    [TestCaseSource(typeof(Pictures), nameof(Good))]
    public void Place_comments_profiles_and_tail_are_gone_and_the_rest_is_whole(byte[] file)
    {
        Latin(file).ShouldContain(Canary);
        var clean = Rewritten(file);
        Latin(clean).ShouldNotContain("GPS");
        Latin(clean).ShouldNotContain("Exif", Case.Insensitive);
        // What is clean stays as it is: nothing that shows the picture was lost on the way.
        Rewritten(clean).ShouldBe(clean);
    }

    [Test]
    public void A_JPEG_keeps_tables_frame_scans_and_colour_transform_in_order()
    {
        var clean = Rewritten(Jpeg(isProgressive: true), out var facts);
        Markers(clean).ShouldBe([0xD8, 0xEE, 0xDB, 0xC2, 0xC4, 0xC4, 0xDD, 0xDA, 0xD0, 0xC4, 0xDA, 0xD9]);
        facts.ShouldBe(new FileFacts(FileKind.Jpeg, 8, 8));
        Markers(Rewritten(Jpeg())).ShouldBe([0xD8, 0xEE, 0xDB, 0xC0, 0xC4, 0xC4, 0xDD, 0xDA, 0xD0, 0xD9]);
        Latin(clean).ShouldContain("\u0012\u00FF\0\u0034\u00FF\u00D0\u0056");
    }

    [Test]
    public void A_PNG_keeps_head_palette_transparency_and_data()
    {
        Chunks(Rewritten(Png(colour: 3), out var facts)).ShouldBe(["IHDR", "PLTE", "tRNS", "IDAT", "IDAT", "IEND"]);
        facts.ShouldBe(new FileFacts(FileKind.Png, 2, 2));
    }

    [Test]
    public void A_WebP_keeps_picture_and_transparency_and_its_head_says_so()
    {
        var clean = Rewritten(WebPExtended(), out var facts);
        Parts(clean).ShouldBe(["VP8X", "ALPH", "VP8 "]);
        clean[20].ShouldBe((byte)0x10, "The flags of EXIF, XMP and the profile are gone.");
        BitConverter.ToUInt32(clean, 4).ShouldBe((uint)clean.Length - 8);
        facts.ShouldBe(new FileFacts(FileKind.WebP, 16, 16));
        var animated = Rewritten(WebPAnimated());
        Parts(animated).ShouldBe(["VP8X", "ANIM", "ANMF", "ANMF"]);
        animated[20].ShouldBe((byte)0x12);
        Latin(animated).ShouldNotContain("hide");
    }

    [TestCaseSource(typeof(Pictures), nameof(Good))]
    public void Cut_off_at_any_byte_it_is_refused(byte[] file)
    {
        var whole = LengthWithoutTail(file);
        for (var length = 0; length < whole; length++)
        {
            Code(file[..length]).ShouldBeOneOf(ErrorCodes.FileMalformed, ErrorCodes.FileTypeRefused);
        }

        Code(file[..whole]).ShouldBe("");
    }

    [TestCaseSource(typeof(Pictures), nameof(Good))]
    public void A_flipped_bit_gives_a_good_file_or_the_documented_refusal(byte[] file)
    {
        const int Seed = 7016;
        var random = new Random(Seed);
        var (refused, taken) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            var broken = (byte[])file.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            }

            byte[] clean;
            try
            {
                clean = Rewritten(broken);
            }
            catch (FileFaultException e)
            {
                Refusals.ShouldContain(e.Code);
                refused++;
                continue;
            }

            taken++;
            Rewritten(clean).ShouldBe(clean, $"Seed {Seed}, round {i}");
        }

        refused.ShouldBeGreaterThan(100);
        taken.ShouldBeGreaterThan(30);
    }

    [Test]
    public void Too_many_pixels_are_refused_by_the_head()
    {
        Code(Jpeg(width: 65_535, height: 65_535)).ShouldBe(ErrorCodes.TooManyPixels);
        Code(Png(65_535, 65_535)).ShouldBe(ErrorCodes.TooManyPixels);
        Code(Png(int.MaxValue, int.MaxValue)).ShouldBe(ErrorCodes.TooManyPixels);
        Code(WebPExtended(1 << 24, 1 << 24)).ShouldBe(ErrorCodes.TooManyPixels);
        Code(Png(8_000, 5_000)).ShouldBe("", "40 million are taken.");
        Code(Png(8_000, 5_001)).ShouldBe(ErrorCodes.TooManyPixels);
        Code(Png(0, 5)).ShouldBe(ErrorCodes.FileMalformed);
    }

    [TestCase("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [TestCase("<?xml version=\"1.0\"?><svg/>")]
    [TestCase("<!doctype html><script>alert(1)</script>")]
    [TestCase("PK\u0003\u0004archive")]
    [TestCase("GIF89a")]
    [TestCase("BM bitmap")]
    [TestCase("\u007fELF")]
    [TestCase("MZ")]
    [TestCase(" %PDF-1.7 after a space %%EOF")]
    [TestCase("RIFF\u0010\0\0\0AVI LIST")]
    [TestCase("plain text")]
    public void What_is_no_picture_and_no_PDF_is_refused_by_its_content(string content) =>
        Code(Encoding.Latin1.GetBytes(content)).ShouldBe(ErrorCodes.FileTypeRefused);

    [Test]
    public void A_picture_that_is_something_else_as_well_is_only_a_picture_afterwards()
    {
        byte[] zip = [.. "PK\u0003\u0004 evil.html <script>alert(1)</script> PK\u0005\u0006"u8, .. new byte[18]];
        foreach (var picture in new[] { Jpeg(), Png(), WebPExtended() })
        {
            var clean = Rewritten(Join(picture, zip));
            Latin(clean).ShouldNotContain("PK");
            Latin(clean).ShouldNotContain("script");
        }
    }

    [Test]
    public void A_PDF_is_kept_as_it_is_and_must_end_as_one()
    {
        Rewritten(Pdf(), out var facts).ShouldBe(Pdf());
        facts.ShouldBe(new FileFacts(FileKind.Pdf));
        Code(Pdf("\r\n \0")).ShouldBe("");
        Code(Pdf("<script>alert(1)</script>")).ShouldBe(ErrorCodes.FileMalformed);
        Code(Pdf()[..^6]).ShouldBe(ErrorCodes.FileMalformed);
        Code(Pdf("\nPK\u0005\u0006" + new string('\0', 18) + "%%EOF")).ShouldBe(ErrorCodes.FileTypeRefused);
        Code([.. "%PDF-x.7 %%EOF"u8]).ShouldBe(ErrorCodes.FileMalformed);
    }

    [Test]
    public void A_PNG_with_a_wrong_checksum_an_unknown_part_or_a_wrong_order_is_refused()
    {
        var good = Png();
        var broken = (byte[])good.Clone();
        broken[29] ^= 1;
        Code(broken).ShouldBe(ErrorCodes.FileMalformed);
        Code(Join(good[..33], Chunk("EVIL", [1]), good[33..])).ShouldBe(ErrorCodes.FileMalformed);
        Code(Join(good[..33], good[8..])).ShouldBe(ErrorCodes.FileMalformed, "A second head.");
        Code(Join(good[..33], Chunk("IEND", []))).ShouldBe(ErrorCodes.FileMalformed, "No data.");
    }

    /// <summary>Empty when it is taken.</summary>
    private static string Code(byte[] file)
    {
        try
        {
            Rewritten(file);
            return "";
        }
        catch (FileFaultException e)
        {
            return e.Code;
        }
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Every marker; the lengths of segments must lead from one to the next.</summary>
    private static List<byte> Markers(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var at = 0; at < jpeg.Length;)
        {
            jpeg[at].ShouldBe((byte)0xFF, $"At {at}");
            var marker = jpeg[at + 1];
            markers.Add(marker);
            at += marker is 0xD8 or 0xD9 or 0xD0 ? 2 : 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
            while (marker is 0xDA or 0xD0 && (jpeg[at] != 0xFF || jpeg[at + 1] == 0))
            {
                at++;
            }
        }

        return markers;
    }

    private static List<string> Chunks(byte[] png)
    {
        var names = new List<string>();
        for (var at = 8; at < png.Length;)
        {
            names.Add(Encoding.ASCII.GetString(png, at + 4, 4));
            at += 12 + ((png[at] << 24) | (png[at + 1] << 16) | (png[at + 2] << 8) | png[at + 3]);
        }

        return names;
    }

    private static List<string> Parts(byte[] webp)
    {
        var names = new List<string>();
        for (var at = 12; at < webp.Length;)
        {
            names.Add(Encoding.ASCII.GetString(webp, at, 4));
            var length = BitConverter.ToInt32(webp, at + 4);
            at += 8 + length + (length & 1);
        }

        return names;
    }
}
