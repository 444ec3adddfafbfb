using P2P.Contracts;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Dealers;

/// <summary>Who guesses under many names from one address is stopped by the address; what is right is never counted. (S49)</summary>
public sealed class GuessingTests : DealerFixture
{
    private const int Burst = 12;

    protected override Dictionary<string, string?>? Settings => new()
    {
        ["Limits:GuessesPerAddress:PerSecond"] = "0.001",
        ["Limits:GuessesPerAddress:Burst"] = $"{Burst}",
    };

    [Test]
    public async Task Many_names_at_one_address_guess_no_more_than_it_may()
    {
        var inviter = await Peer();
        for (var i = 0; i < Burst + 3; i++)
        {
            // What is right costs nothing.
            await (await Peer()).Client.Invitations.OpenAsync(await Invite(inviter), Bounded);
        }

        var link = await Invite(inviter);
        var codes = new List<string>();
        for (var names = 0; names < 4; names++)
        {
            var guesser = await Peer();
            for (var i = 0; i < Limits.InvitationSecretTriesMax - 1; i++)
            {
                var wrong = link with { Secret = new string(InvitationCode.Alphabet[i], InvitationCode.SecretSymbols) };
                codes.Add(await Refused(() => guesser.Client.Invitations.OpenAsync(wrong, Bounded)));
            }
        }

        codes.Count(code => code == ErrorCodes.InvitationNotFound).ShouldBe(Burst);
        codes.Skip(Burst).ShouldAllBe(code => code == ErrorCodes.TooManyTries);
        var refusal = await Refusal(() => inviter.Client.Invitations.OpenAsync(link, Bounded));
        refusal.Code.ShouldBe(ErrorCodes.TooManyTries);
        Detail(refusal, "until").ShouldNotBeNull();
        (await Sql<bool>($"select used_at is null and revoked_at is null from invitations where locator = '{InvitationCode.TryReadLocator(link.Locator)}'"))
            .ShouldBeTrue();
    }
}
