using P2P.Tests.Dealers;

namespace P2P.Tests.Access;

/// <summary>One peer to whom everything belongs, and others who ask for it.</summary>
/// <param name="Stranger">Has a profile and is no peer.</param>
/// <param name="Peer">Is not connected with the owner.</param>
/// <param name="Blocked">Was connected, and is blocked by the owner.</param>
/// <param name="Connected">Was invited by the owner, may order from the owner and lets the owner see.</param>
/// <param name="Owner">The owner.</param>
/// <param name="Invitation">Of the owner's, that waits.</param>
/// <param name="Locator">Its locator.</param>
/// <param name="Token">What its secret makes for the server.</param>
/// <param name="Request">By which somebody asks the owner to connect.</param>
/// <param name="Item">Of the owner's, for customers, who may order it.</param>
/// <param name="SealedItem">As <see cref="Item"/>, sealed.</param>
/// <param name="Order">Of the open item, requested by the connected peer.</param>
internal sealed record DealerWorld(
    Dealer Stranger,
    Dealer Peer,
    Dealer Blocked,
    Dealer Connected,
    Dealer Owner,
    Guid Invitation,
    string Locator,
    string Token,
    Guid Request,
    Guid Item,
    Guid SealedItem,
    Guid Order);
