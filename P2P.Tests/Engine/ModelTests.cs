using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Tests.Engine.Model;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>Any sequence of commands leaves the engine where a plain model of it is: its core in memory, with a clock of the test's own.</summary>
public sealed class ModelTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Any_sequence_of_commands_ends_where_the_model_does()
    {
        var figures = new Figures();
        Properties.Hold("sequences", Step.Sequences, Properties.IsNightly ? 1_000_000 : 20_000, steps => Play(steps, figures));
        figures.Print();
        figures.EndedIn.Keys.ShouldBeSubsetOf(Enum.GetValues<OrderStatus>());
        foreach (var status in new[]
        {
            OrderStatus.AwaitingPayment, OrderStatus.PaymentConfirmed, OrderStatus.Released, OrderStatus.Cancelled, OrderStatus.Expired,
        })
        {
            figures.EndedIn.GetValueOrDefault(status).ShouldBeGreaterThan(100, $"{status}");
        }

        figures.Codes.Count.ShouldBeGreaterThan(15);
        figures.Commands.ShouldBeGreaterThan(400_000);
        figures.Allowed.ShouldBeGreaterThan(figures.Commands / 4);
    }

    private static void Play(Step[] steps, Figures figures)
    {
        var world = new World(
            [101, 102, 103, 104], [Ids.New(), Ids.New(), Ids.New()], Start, world => Guid.CreateVersion7(world.Model.Now));
        var engine = new MemoryEngine(world);
        List<string?> replies = [];
        foreach (var sent in world.Begin())
        {
            replies.Add(engine.Run(sent.Command).Reply);
        }

        foreach (var step in steps)
        {
            switch (step.Verb)
            {
                case Verb.Advance:
                    world.Model.Now += World.Time(step);
                    break;
                case Verb.OpenOrClose:
                    var (ad, open) = world.OpenOrClose(step);
                    engine.SetOpen(ad, open);
                    break;
                default:
                    if (world.Play(step) is { } sent)
                    {
                        var answer = engine.Run(sent.Command);
                        replies.Add(answer.Reply);
                        var same = sent.RepeatOf is not { } first || answer.Reply == replies[first];
                        if (answer.Refusal?.Code != sent.Code || !same)
                        {
                            throw new InvalidOperationException($"{step}: {sent.Command} answered {answer}; the model says {sent.Code ?? "yes"}.");
                        }

                        figures.Count(sent.Code);
                    }

                    break;
            }
        }

        StateLines.Compare(
            [.. StateLines.Of(world, withTimes: true), StateLines.Totals(world.Model.Fees, world.Model.Outside)], engine.Lines());
        figures.HistoryRows += engine.CheckHistory();
        figures.Count(world.Model.Orders.OfType<ModelOrder>());
    }
}
