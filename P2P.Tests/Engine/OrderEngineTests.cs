using Dapper;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Tests.Engine;

/// <summary>The engine on a real database: one command at a time.</summary>
public sealed class OrderEngineTests
{
    [Test]
    public async Task An_order_is_placed_paid_and_released()
    {
        await using var market = await EngineMarket.Create();
        var seller = await market.User(bitcoin: 5);
        var buyer = await market.User();
        var ad = await market.Ad(seller, total: 3);

        var placed = await market.Run(EngineMarket.Place(buyer, ad, 1));
        placed.Status.ShouldBe(OrderStatus.AwaitingPayment);
        (await market.Run(EngineMarket.Move(buyer, placed.OrderId, OrderAction.ConfirmPayment))).Status.ShouldBe(OrderStatus.PaymentConfirmed);
        (await market.Run(EngineMarket.Move(seller, placed.OrderId, OrderAction.Release))).Status.ShouldBe(OrderStatus.Released);

        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<decimal>("select balance from accounts where user_id = @buyer and kind = 'Available'", new { buyer })).ShouldBe(1m);
        (await connection.ExecuteScalarAsync<decimal>("select balance from accounts where user_id = @seller and kind = 'Available'", new { seller })).ShouldBe(4m);
        (await connection.ExecuteScalarAsync<decimal>("select balance from accounts where id = @OrderId", new { placed.OrderId })).ShouldBe(0m);
        (await connection.ExecuteScalarAsync<decimal>("select remaining from offers where id = @ad", new { ad })).ShouldBe(2m);
        (await connection.ExecuteScalarAsync<long>("select last_seq from streams where user_id = @buyer", new { buyer })).ShouldBe(4);
    }

    [Test]
    public async Task A_cancelled_order_gives_everything_back()
    {
        await using var market = await EngineMarket.Create();
        var seller = await market.User(bitcoin: 5);
        var buyer = await market.User();
        var ad = await market.Ad(seller, total: 3);
        var placed = await market.Run(EngineMarket.Place(buyer, ad, 1));

        (await market.CodeOf(EngineMarket.Move(seller, placed.OrderId, OrderAction.Cancel))).ShouldBe(ErrorCodes.WrongParty);
        (await market.Run(EngineMarket.Move(buyer, placed.OrderId, OrderAction.Cancel))).Status.ShouldBe(OrderStatus.Cancelled);

        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<decimal>("select balance from accounts where user_id = @seller and kind = 'Available'", new { seller })).ShouldBe(5m);
        (await connection.ExecuteScalarAsync<decimal>("select remaining from offers where id = @ad", new { ad })).ShouldBe(3m);
        (await connection.ExecuteScalarAsync<int>("select cancelled from standings where user_id = @buyer", new { buyer })).ShouldBe(1);
    }

    [Test]
    public async Task A_repeat_gets_the_first_answer_and_acts_once()
    {
        await using var market = await EngineMarket.Create();
        var seller = await market.User(bitcoin: 5);
        var buyer = await market.User();
        var ad = await market.Ad(seller, total: 3);
        var command = EngineMarket.Place(buyer, ad, 1);

        var first = await market.RunRaw(command);
        var again = await market.RunRaw(command with { OrderId = Guid.CreateVersion7() });

        again.ShouldBe(first);
        (await market.CodeOf(EngineMarket.Place(buyer, ad, 2, command.RequestId))).ShouldBe(ErrorCodes.RequestIdReused);
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<int>("select count(*) from orders")).ShouldBe(1);
    }

    [Test]
    public async Task A_refusal_is_remembered()
    {
        await using var market = await EngineMarket.Create();
        var seller = await market.User(bitcoin: 1);
        var buyer = await market.User();
        var ad = await market.Ad(seller, total: 3);
        var command = EngineMarket.Place(buyer, ad, 2);

        (await market.CodeOf(command)).ShouldBe(ErrorCodes.InsufficientBalance);
        await market.RunRaw(EngineMarket.Deposit(seller, 10));
        (await market.CodeOf(command)).ShouldBe(ErrorCodes.InsufficientBalance);
        (await market.CodeOf(EngineMarket.Place(buyer, ad, 2))).ShouldBeNull();
    }

    [Test]
    public async Task Strangers_cannot_tell_an_order_from_none()
    {
        await using var market = await EngineMarket.Create();
        var seller = await market.User(bitcoin: 1);
        var buyer = await market.User();
        var stranger = await market.User();
        var placed = await market.Run(EngineMarket.Place(buyer, await market.Ad(seller, total: 1), 1));

        (await market.CodeOf(EngineMarket.Move(stranger, placed.OrderId, OrderAction.Release))).ShouldBe(ErrorCodes.NotFound);
        (await market.CodeOf(EngineMarket.Move(stranger, Guid.CreateVersion7(), OrderAction.Release))).ShouldBe(ErrorCodes.NotFound);
    }
}
