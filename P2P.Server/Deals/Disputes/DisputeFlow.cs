using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Disputes;

/// <summary>What the parties do with disputes: checks the request's shape, then lets the engine decide.</summary>
public sealed class DisputeFlow(
    Database database, OrderEngine engine, RequestLog requests, DisputeSettings settings, IEnumerable<IOrderKind> kinds)
{
    private readonly Dictionary<OrderKind, string> _audiences = kinds.ToDictionary(kind => kind.Kind, kind => kind.Audience);

    /// <summary>Opens a dispute on an own order.</summary>
    public Task<DisputeReply> Raise(Caller caller, RaiseDisputeRequest request, CancellationToken cancellation)
    {
        if (request.Reason is DisputeReason.Unknown or DisputeReason.Overdue or DisputeReason.PartySuspended)
        {
            throw new Refused(ErrorCodes.BadInput, "This is no reason that a party gives.", ("path", "reason"));
        }

        return Run(
            new MoveOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IDisputeCalls.RaiseDispute), request),
                OrderId = request.OrderId,
                Action = OrderAction.Dispute,
                ExpectedVersion = request.ExpectedVersion,
                Dispute = new DisputeTerms(Ids.New(), request.Reason, Words(request.Text)),
            },
            cancellation);
    }

    /// <summary>Asks for staff, or accepts the ruling.</summary>
    public async Task<DisputeReply> Move(
        Caller caller, string call, DisputeRequest request, DisputeAction action, CancellationToken cancellation) => await Run(
        new MoveDispute
        {
            UserId = caller.UserId,
            RequestId = request.RequestId,
            BodyHash = RequestHash.Of(call, request),
            OrderId = await OwnOrder(caller, request.DisputeId, cancellation),
            Action = action,
            By = Party.Buyer, // The engine says which of the two it is.
            ExpectedVersion = request.ExpectedVersion,
        },
        cancellation);

    /// <summary>Appeals against the ruling.</summary>
    public async Task<DisputeReply> Appeal(Caller caller, AppealRulingRequest request, CancellationToken cancellation)
    {
        var text = Words(request.Text);
        return await Run(
            new MoveDispute
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IDisputeCalls.AppealRuling), request),
                OrderId = await OwnOrder(caller, request.DisputeId, cancellation),
                Action = DisputeAction.Appeal,
                By = Party.Buyer, // The engine says which of the two it is.
                ExpectedVersion = request.ExpectedVersion,
                Text = text,
            },
            cancellation);
    }

    /// <summary>Shows something to the other party and to staff.</summary>
    public Task<EvidenceReply> Show(Caller caller, SubmitEvidenceRequest request, CancellationToken cancellation)
    {
        var text = Words(request.Text);
        return requests.Once(
            caller,
            nameof(IDisputeCalls.SubmitEvidence),
            request,
            async change =>
            {
                var dispute = await DisputeReadSql.LockOwn(change.Tx, caller.UserId, request.DisputeId) ?? throw NotFound();
                if (!dispute.IsOpen)
                {
                    throw new Refused(ErrorCodes.WrongStatus, "This dispute has ended.", ("status", Wire(dispute.Status)));
                }

                if (await DisputeReadSql.CountEvidence(change.Tx, request.DisputeId, caller.UserId) >= settings.EvidenceMax)
                {
                    throw new Refused(
                        ErrorCodes.QuotaExceeded,
                        $"A dispute takes {settings.EvidenceMax} pieces of evidence of a party.",
                        ("quota", "evidence"),
                        ("limit", settings.EvidenceMax.ToString(CultureInfo.InvariantCulture)));
                }

                var id = Ids.New();
                await DisputeReadSql.InsertEvidence(change.Tx, id, request.DisputeId, caller.UserId, text, await change.Now());
                change.Tell(PendingEvent.ForAll(
                    [dispute.BuyerId, dispute.SellerId],
                    _audiences[dispute.Kind],
                    nameof(IDisputeClient.EvidenceSubmitted),
                    new EvidenceSubmitted
                    {
                        DisputeId = request.DisputeId,
                        OrderId = dispute.OrderId,
                        EvidenceId = id,
                        By = dispute.BuyerId == caller.UserId ? Party.Buyer : Party.Seller,
                    }));
                return new EvidenceReply { EvidenceId = id, DisputeId = request.DisputeId };
            },
            cancellation);
    }

    /// <summary>Runs a command that answers a dispute; staff's flows do it, too.</summary>
    public async Task<DisputeReply> Run(EngineCommand command, CancellationToken cancellation)
    {
        var reply = await engine.Run(command, cancellation);
        return JsonSerializer.Deserialize<DisputeReply>(reply, WireJson.Server)
            ?? throw new InvalidOperationException("A stored answer is null.");
    }

    /// <summary>The text, cleaned; refused when nothing is left or too much.</summary>
    public static string Words(string text) => CleanText.Block(text) is { } cleaned && cleaned.Length <= DisputeRules.TextCharsMax
        ? cleaned
        : throw new Refused(ErrorCodes.BadInput, $"The text has 1 to {DisputeRules.TextCharsMax} characters.", ("path", "text"));

    private async Task<Guid> OwnOrder(Caller caller, Guid disputeId, CancellationToken cancellation) =>
        await database.Read(tx => DisputeReadSql.OwnOrder(tx, caller.UserId, disputeId), cancellation) ?? throw NotFound();

    private static string Wire(DisputeStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such dispute.");
}
