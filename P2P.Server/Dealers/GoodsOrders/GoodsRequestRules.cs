using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Dealers.Items;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What the requests of goods orders must look like, whatever they are about.</summary>
public static class GoodsRequestRules
{
    public static GoodsTerms Terms(decimal quantity, decimal? expectedPrice, bool? escrow, string? notes)
    {
        Quantity(quantity);
        if (expectedPrice is { } price)
        {
            ItemTermsRules.CheckPrice(price, null, "expectedPrice");
        }

        return new GoodsTerms(quantity, expectedPrice, escrow, Block(notes, Limits.GoodsNotesCharsMax, "notes"));
    }

    public static ShipmentTerms Shipment(decimal? quantity, string? carrier, string? tracking, string? note, Guid? proofId)
    {
        if (quantity is { } sent)
        {
            Quantity(sent);
        }

        return new ShipmentTerms(
            quantity,
            Line(carrier, Limits.CarrierCharsMax, "carrier"),
            Line(tracking, Limits.TrackingCharsMax, "tracking"),
            Block(note, Limits.ShipmentNoteCharsMax, "note"),
            proofId);
    }

    public static AcceptTerms Accept(int? fulfilDays) => fulfilDays is null or (>= 1 and <= Limits.FulfilDaysMax)
        ? new AcceptTerms(fulfilDays ?? Limits.FulfilDays)
        : throw PeerRules.Bad("fulfilDays", $"The days to fulfil are 1 to {Limits.FulfilDaysMax}.");

    public static RefundTerms Refund(decimal amount) => amount is > 0 and <= Limits.AmountMax && !Money.IsFinerThan(amount, Limits.ScaleMax)
        ? new RefundTerms(amount)
        : throw PeerRules.Bad("amount", $"An amount is above zero, with at most {Limits.ScaleMax} decimals.");

    public static string? Reference(string? reference) => Line(reference, Limits.PaymentReferenceCharsMax, "paymentReference");

    private static void Quantity(decimal quantity)
    {
        if (quantity is <= 0 or > Limits.ItemStockMax || Money.IsFinerThan(quantity, Limits.ItemStockScale))
        {
            throw PeerRules.Bad("quantity", $"A quantity is above 0 and at most 1,000,000,000, with at most {Limits.ItemStockScale} decimals.");
        }
    }

    private static string? Line(string? text, int max, string path) => Bounded(CleanText.Line(text), max, path);

    private static string? Block(string? text, int max, string path) => Bounded(CleanText.Block(text), max, path);

    private static string? Bounded(string? text, int max, string path) => text is null || text.Length <= max
        ? text
        : throw PeerRules.Bad(path, $"At most {max} characters.");
}
