using System.Diagnostics;
using System.Globalization;

namespace P2P.Benchmarks.Measuring;

/// <summary>Processor time of this process, of PostgreSQL with all its backends, and of one more process.</summary>
internal sealed class CpuMeter(int? postmasterId)
{
    /// <summary>What the kernel counts in: USER_HZ, 100 on every Linux.</summary>
    private const double TicksPerSecond = 100;

    public CpuTimes Now(Process? other = null) => new(
        Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
        Postgres(),
        other is { HasExited: false } ? Own(other.Id.ToString(CultureInfo.InvariantCulture)) : 0);

    /// <summary>The postmaster, the children that it has reaped, and those that live.</summary>
    private double Postgres()
    {
        if (postmasterId is not { } id)
        {
            return double.NaN;
        }

        var sum = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(folder);
            if (!char.IsAsciiDigit(name[0]) || Fields(name) is not { } fields)
            {
                continue;
            }

            if (name == id.ToString(CultureInfo.InvariantCulture))
            {
                sum += Ticks(fields, 11, 15);
            }
            else if (int.Parse(fields[1], CultureInfo.InvariantCulture) == id)
            {
                sum += Ticks(fields, 11, 13);
            }
        }

        return sum / TicksPerSecond;
    }

    private static double Own(string id) => Fields(id) is { } fields ? Ticks(fields, 11, 13) / TicksPerSecond : 0;

    private static double Ticks(string[] fields, int from, int to) =>
        fields[from..to].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));

    /// <summary>The fields after the program's name, which may hold blanks itself; null for a process that is gone.</summary>
    private static string[]? Fields(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended meanwhile: its parent counts its time from now on.
            return null;
        }
    }
}

/// <summary>Seconds of processor time so far.</summary>
internal readonly record struct CpuTimes(double Self, double Postgres, double Other)
{
    public static CpuTimes operator -(CpuTimes after, CpuTimes before) =>
        new(after.Self - before.Self, after.Postgres - before.Postgres, after.Other - before.Other);
}
