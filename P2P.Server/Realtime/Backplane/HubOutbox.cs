using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// What users, groups and everybody are sent through the framework's own calls, for one connection: nobody who sends waits for it. One that
/// does not read is closed when its queue is full.
/// </summary>
internal sealed class HubOutbox(HubConnectionContext connection, ILogger log) : IThreadPoolWorkItem
{
    private const int MessagesMax = Limits.EventWindow;

    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private bool _writing;
    private bool _ended;

    public HubConnectionContext Connection => connection;

    public void Post(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_waiting.Count < MessagesMax)
            {
                _waiting.Enqueue(frame);
                if (!_writing)
                {
                    _writing = true;
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }

                return;
            }

            _ended = true;
            _waiting.Clear();
        }

        BackplaneLog.Overrun(log, MessagesMax);
        connection.Abort();
    }

    void IThreadPoolWorkItem.Execute() => _ = Write();

    private async Task Write()
    {
        try
        {
            while (Next() is { } frame)
            {
                await connection.WriteAsync(new SerializedHubMessage([new SerializedMessage(HubFrame.ProtocolName, frame)]));
            }
        }
        catch (Exception e)
        {
            // The client loses its connection: it connects again and reads what it missed from its stream.
            BackplaneLog.Unreadable(log, "a connection", e);
            connection.Abort();
        }
    }

    private ReadOnlyMemory<byte>? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var frame))
            {
                return frame;
            }

            _writing = false;
            return null;
        }
    }
}
