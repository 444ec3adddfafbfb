using System.Globalization;
using System.Text;
using P2P.Contracts.Deals;

namespace Integrator;

/// <summary>
/// An append-only file with one line a released order, forced to disk line by line. An order is released once, so its id is what makes a
/// second booking recognisable, from whatever event or list it came.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;
    private readonly HashSet<Guid> _booked;

    private Journal(FileStream file, HashSet<Guid> booked) => (_file, _booked) = (file, booked);

    public int Count => _booked.Count;

    /// <summary>Opens the journal and cuts off a line that a crash has left half written: it was never booked.</summary>
    public static Journal Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Journal(file, [.. lines.Select(line => Guid.Parse(line[..line.IndexOf(',')]))]);
    }

    /// <summary>False when the order is booked already.</summary>
    public bool Book(OrderState order)
    {
        if (_booked.Contains(order.Id))
        {
            return false;
        }

        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{order.Id},{order.BuyerId},{order.SellerId},"
            + $"{order.CryptoAmount},{order.Asset},{order.FiatAmount},{order.Fiat},{order.Fee}\n");
        _file.Write(Encoding.UTF8.GetBytes(line));
        _file.Flush(flushToDisk: true);
        _booked.Add(order.Id);
        return true;
    }

    public void Dispose() => _file.Dispose();
}
