using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Core.Hubs;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts;

/// <summary>
/// What every signed-in user has on any hub: a connection that begins with <see cref="IConnectionClient.Connected"/>, and the stream of
/// this hub's audience.
/// </summary>
[Authorize]
public abstract partial class AccountHub<TClient>(AccountDesk desk) : Hub<TClient>
    where TClient : class, IAccountClient
{
    private static readonly object LinkKey = new();

    /// <summary>Whose stream this hub tells.</summary>
    protected abstract string Audience { get; }

    /// <summary>Who calls.</summary>
    protected Caller Caller => CallerClaims.CallerOf(Context.User)
        ?? throw new Refused(ErrorCodes.Unauthenticated, "Nobody is signed in on this connection.");

    /// <summary>Ends when the call has taken too long or its caller is gone: for everything that the call awaits.</summary>
    protected CancellationToken Aborted => desk.Call.Cancellation;

    /// <summary>This connection, for pushes to it alone.</summary>
    protected HubLink Link => Context.Items[LinkKey] as HubLink
        ?? throw new InvalidOperationException("The connection was not admitted, so nothing can call.");

    [Rate(RateClass.Events)]
    public async Task<EventPage> EventsSince(Guid epoch, long seq)
    {
        var page = await desk.Streams.Since(Caller.UserId, Audience, epoch, seq, Aborted);
        Link.Paged(seq, page.Events.Count > 0 ? page.Events[^1].Head.Seq : seq);
        return page;
    }

    [Rate(RateClass.Free)]
    public Task Ack(long seq)
    {
        Link.Acknowledge(seq);
        return Task.CompletedTask;
    }

    public override async Task OnConnectedAsync()
    {
        var connection = HubConnectionItem.Of(Context);
        if (IsTooOld(Context.GetHttpContext()))
        {
            await ConnectionEnd.Refuse(connection, ErrorCodes.ClientTooOld, "The server no longer speaks this client's version.");
            return;
        }

        if (desk.Drain.IsDraining)
        {
            // It passed the gate a moment before the node was told to stop.
            await ConnectionEnd.Close(connection, ErrorCodes.Draining, "This node is about to stop. Connect again.");
            return;
        }

        // Registered before anything is read: what is committed from here on, a suspension or an event, finds the connection.
        var link = desk.Links.Add(connection, Caller, Audience);
        Context.Items[LinkKey] = link;
        try
        {
            await Welcome(connection, link);
        }
        catch (Exception) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // The client has gone already. After a failure here SignalR does not tell of the end, so the connection is forgotten now.
            desk.Links.Remove(link);
        }
        catch (Exception e)
        {
            var refused = desk.Refusals.Of(e, nameof(OnConnectedAsync), timeIsOver: false);
            desk.Links.Remove(link);
            await ConnectionEnd.Close(connection, refused.Code, refused.Message);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[LinkKey] is HubLink link)
        {
            desk.Links.Remove(link);
        }

        return Task.CompletedTask;
    }

    /// <summary>Why the caller may not connect to this hub, or else the caller's own profile.</summary>
    protected virtual Task<(Reason? Refusal, ProfileView? Profile)> Admit(Caller caller, CancellationToken cancellation) =>
        desk.Admit(caller, cancellation);

    private async Task Welcome(HubConnectionContext connection, HubLink link)
    {
        var (refusal, profile) = await Admit(link.Caller, Context.ConnectionAborted);
        if (refusal is not null)
        {
            desk.Links.Remove(link);
            await ConnectionEnd.Refuse(connection, refusal.Code, refusal.Message);
            return;
        }

        var position = await desk.Streams.Position(link.Caller.UserId, Audience, Context.ConnectionAborted);
        await Clients.Caller.Connected(new ConnectedInfo
        {
            Profile = profile,
            Epoch = position.Epoch,
            HeadSeq = position.LastSeq,
            FirstSeq = position.FirstSeq,
            ContractVersion = Limits.ContractVersion,
            ServerTime = position.Now,
        });
        link.Open(position.Epoch, position.LastSeq);
    }

    /// <summary>Who names no version speaks the first.</summary>
    private static bool IsTooOld(HttpContext? context) =>
        context?.Request.Query["v"] is [var text]
            ? !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                || version < Limits.ContractVersionOldest
            : Limits.ContractVersionOldest > 1;
}
