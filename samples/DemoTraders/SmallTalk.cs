using P2P.Client.Sdk;
using P2P.Contracts.Deals;

namespace DemoTraders;

/// <summary>What a trader writes in the rooms of their orders, reads there, and says of the other party afterwards.</summary>
internal sealed class SmallTalk(Trader trader, Board board, CancellationToken stop)
{
    private static readonly string[] Greetings = ["Hello, I pay in a moment.", "Hi! Paying from my phone now.", "Good day, one minute please."];
    private static readonly string[] Paid = ["Sent, please have a look.", "The money is on its way.", "Paid, thank you for waiting."];
    private static readonly string[] Thanks = ["Thank you, all good.", "Received and released. Until next time!", "Thanks, that was quick."];
    private static readonly string[] Answers = ["Thank you!", "I see it, a moment.", "Fine with me.", "I am on it."];

    private static readonly (int Stars, ReviewTag[] Tags, string? Text)[] Opinions =
    [
        (5, [ReviewTag.Fast, ReviewTag.Friendly], "Quick and friendly."),
        (5, [ReviewTag.Fast], null),
        (5, [ReviewTag.GoodCommunication, ReviewTag.ClearTerms], "Clear from start to end."),
        (4, [ReviewTag.ClearTerms], null),
        (3, [ReviewTag.Slow], "It went well, but took its time."),
    ];

    /// <summary>Must be called before the client connects.</summary>
    public void Listen(P2PClient client)
    {
        client.On<OrderChanged>((_, change, _) =>
        {
            if (Line(change) is { } line && Chance.Of(0.4))
            {
                _ = LaterAsync(Chance.Seconds(0.5, 2), () => WriteAsync(change.Order.Id, line));
            }

            if (change.Order.Status == OrderStatus.Released && Chance.Of(0.6))
            {
                _ = LaterAsync(Chance.Seconds(2, 8), () => ReviewAsync(change.Order));
            }

            return Task.CompletedTask;
        });
        client.On<MessageSent>((_, message, _) =>
        {
            board.Event();
            if (message.SenderId != trader.Id)
            {
                _ = LaterAsync(Chance.Seconds(1, 3), () => ReadAsync(message));
            }

            return Task.CompletedTask;
        });
    }

    private string? Line(OrderChanged change) => (change.Action, change.Order.BuyerId == trader.Id) switch
    {
        (OrderAction.Place, true) => One(Greetings),
        (OrderAction.ConfirmPayment, true) => One(Paid),
        (OrderAction.Release, false) => One(Thanks),
        _ => null,
    };

    private async Task WriteAsync(Guid orderId, string text)
    {
        await trader.Client.Chat.TypingAsync(orderId, stop);
        await trader.Client.Chat.SendAsync(orderId, text, stop);
        board.Say($"{trader.Name} writes: {text}");
    }

    private async Task ReadAsync(MessageSent message)
    {
        await trader.Client.Chat.MarkReadAsync(message.OrderId, message.Seq, stop);
        if (Chance.Of(0.25))
        {
            await WriteAsync(message.OrderId, One(Answers));
        }
    }

    private async Task ReviewAsync(OrderState order)
    {
        var (stars, tags, text) = Opinions[Random.Shared.Next(Opinions.Length)];
        var other = order.BuyerId == trader.Id ? order.SellerId : order.BuyerId;
        await trader.Client.Reviews.CreateAsync(order.Id, stars, text, tags, stop);
        board.Say($"{trader.Name} gives {board.NameOf(other)} {stars} stars{(text is null ? "" : $": {text}")}");
    }

    /// <summary>Says something when its time has come; what the server does not take is left unsaid.</summary>
    private async Task LaterAsync(TimeSpan after, Func<Task> act)
    {
        try
        {
            await Task.Delay(after, stop);
            await act();
        }
        catch (P2PException e) when (e.IsTransient)
        {
            // The server was away, or the trader too talkative.
        }
        catch (P2PException e)
        {
            board.Refused(trader.Name, e);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The demo ends.
        }
    }

    private static string One(string[] lines) => lines[Random.Shared.Next(lines.Length)];
}
