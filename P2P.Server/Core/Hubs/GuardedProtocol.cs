using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// Stands before one connection's JSON protocol and sees every frame, also those that never reach a hub filter: counts them, refuses what
/// cannot be bound with our own text, and leaves the connection usable after everything but text that is no JSON.
/// </summary>
public sealed class GuardedProtocol(IHubProtocol inner, HubConnectionContext connection, Rate frames) : IHubProtocol
{
    private const byte FrameEnd = 0x1e;
    private const int PathCharsMax = 100;
    private const int RetryDrainingAfterMs = 100;

    // What has a rate of its own in calls is still bounded as frames: no client needs a tenth of this.
    private const int FreeFramesFactor = 20;

    /// <summary>The call by which peers pass frames on; no feature is known here but by its calls' names.</summary>
    private const string RelayCall = "Relay";

    private readonly TokenBucket _frames = new(frames);
    private readonly TokenBucket _freeFrames =
        new(new Rate { PerSecond = frames.PerSecond * FreeFramesFactor, Burst = frames.Burst * FreeFramesFactor });

    private bool _ending;

    /// <summary>The calls that wait for their answer.</summary>
    internal RunningCalls Calls { get; } = new();

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        inner.WriteMessage(message, output);
        if (message is CompletionMessage completion)
        {
            Calls.End(completion.InvocationId);
        }
    }

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // A ping is what we pass on for frames that need no answer.
        message = PingMessage.Instance;
        if (_ending)
        {
            input = input.Slice(input.End);
            return true;
        }

        var reader = new SequenceReader<byte>(input);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> payload, FrameEnd))
        {
            if (input.Length > Limits.FrameBytesMax)
            {
                End(ErrorCodes.BadInput, "A frame is too large.");
                return true;
            }

            message = null;
            return false;
        }

        var frame = input.Slice(0, reader.Position);
        input = input.Slice(reader.Position);
        if (payload.Length > Limits.FrameBytesMax)
        {
            End(ErrorCodes.BadInput, "A frame is too large.");
        }
        else if (!FrameHead.TryRead(payload, out var head))
        {
            End(ErrorCodes.BadInput, "A frame is no JSON.");
        }
        else if ((IsFree(head) ? _freeFrames : _frames).Take() > 0)
        {
            End(ErrorCodes.RateLimited, "Too many frames.");
        }
        else
        {
            message = Read(head, frame, binder);
        }

        return true;
    }

    private HubMessage Read(FrameHead head, ReadOnlySequence<byte> frame, IInvocationBinder binder) => head.Type switch
    {
        _ when head.SaysTwice => Refuse(head, new Refused(ErrorCodes.BadInput, "The frame names one of its parts twice.")),
        HubProtocolConstants.InvocationMessageType => Invocation(head, frame, binder),
        HubProtocolConstants.StreamInvocationMessageType => Refuse(head, Streamed()),
        HubProtocolConstants.CloseMessageType when inner.TryParseMessage(ref frame, binder, out var close) => close,
        _ => PingMessage.Instance,
    };

    private HubMessage Invocation(FrameHead head, ReadOnlySequence<byte> frame, IInvocationBinder binder)
    {
        if (head.IsTooDeep)
        {
            return Refuse(head, new Refused(ErrorCodes.BadInput, $"The frame is nested deeper than {Limits.JsonDepthMax} levels."));
        }

        if (head.Target is null || !IsKnown(head.Target, binder))
        {
            return Refuse(head, new Refused(ErrorCodes.UnknownMethod, "There is no such call."));
        }

        if (!Calls.TryBegin(head.InvocationId))
        {
            return Refuse(head, Refused.Transient(ErrorCodes.Draining, "This node is about to stop.", RetryDrainingAfterMs));
        }

        try
        {
            return !inner.TryParseMessage(ref frame, binder, out var message) ? PingMessage.Instance
                : message is InvocationBindingFailureMessage failure ? Refuse(head, Unbound(failure.BindingFailure.SourceException))
                : message is InvocationMessage { StreamIds.Length: > 0 } ? Refuse(head, Streamed())
                : message;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return Refuse(head, Unbound(e));
        }
    }

    private static bool IsKnown(string target, IInvocationBinder binder)
    {
        try
        {
            binder.GetParameterTypes(target);
            return true;
        }
        catch (HubException)
        {
            // The binder knows no other way to say no.
            return false;
        }
    }

    private static Refused Streamed() => new(ErrorCodes.BadInput, "Nothing is streamed here.");

    private static Refused Unbound(Exception exception)
    {
        const string Sentence = "The arguments do not fit this call.";
        var json = exception as JsonException ?? exception.InnerException as JsonException;
        var path = json?.Path?.TrimStart('$').TrimStart('.');
        return string.IsNullOrEmpty(path)
            ? new Refused(ErrorCodes.BadInput, Sentence)
            : new Refused(ErrorCodes.BadInput, Sentence, ("path", path.Length > PathCharsMax ? path[..PathCharsMax] : path));
    }

    /// <summary>
    /// SignalR answers a binding failure with its exception's text when that is a hub exception. Whoever gave no id hears nothing.
    /// </summary>
    private static HubMessage Refuse(FrameHead head, Refused refused) =>
        head.InvocationId is null
            ? PingMessage.Instance
            : new InvocationBindingFailureMessage(
                head.InvocationId, head.Target ?? "", ExceptionDispatchInfo.Capture(new HubException(refused.ToWire())));

    /// <summary>These have rates of their own, or are sent by the number of events.</summary>
    private static bool IsFree(FrameHead head) =>
        head.Type == HubProtocolConstants.InvocationMessageType
        && !head.SaysTwice
        && (string.Equals(head.Target, nameof(IStreamCalls.EventsSince), StringComparison.OrdinalIgnoreCase)
            || string.Equals(head.Target, nameof(IStreamCalls.Ack), StringComparison.OrdinalIgnoreCase)
            || string.Equals(head.Target, RelayCall, StringComparison.OrdinalIgnoreCase));

    /// <summary>From here on nothing is read; the reading loop must not wait for the client to hear why.</summary>
    private void End(string code, string message)
    {
        _ending = true;
        _ = ConnectionEnd.Close(connection, code, message);
    }
}
