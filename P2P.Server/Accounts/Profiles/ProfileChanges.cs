using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Profiles;

/// <summary>Changes of a profile, however they were asked for.</summary>
public sealed record ProfileChanges
{
    public Given<string> Username { get; init; }
    public Given<string> PhoneNumber { get; init; }
    public Given<string> Email { get; init; }
    public Given<string> ProfilePictureUrl { get; init; }
    public Given<string> PreferredCurrency { get; init; }
    public Given<IReadOnlyList<long>> PreferredPaymentMethods { get; init; }
    public Given<string> AutoReplyMessage { get; init; }

    /// <summary>A hub's request: null is "absent" there, and <c>Clear</c> names what to empty.</summary>
    public static ProfileChanges From(UpdateProfileRequest request)
    {
        var clear = request.Clear ?? [];
        if (clear.Any(field => field == ProfileField.Unknown || !Enum.IsDefined(field)))
        {
            throw new Refused(ErrorCodes.BadInput, "Clear names a field that cannot be emptied", ("path", "clear"));
        }

        return new ProfileChanges
        {
            Username = request.Username is null ? default : Given.Of<string>(request.Username),
            PhoneNumber = Of(request.PhoneNumber, ProfileField.PhoneNumber, clear),
            Email = Of(request.Email, ProfileField.Email, clear),
            ProfilePictureUrl = Of(request.ProfilePictureUrl, ProfileField.ProfilePictureUrl, clear),
            PreferredCurrency = Of(request.PreferredCurrency, ProfileField.PreferredCurrency, clear),
            PreferredPaymentMethods = Of(request.PreferredPaymentMethods, ProfileField.PreferredPaymentMethods, clear),
            AutoReplyMessage = Of(request.AutoReplyMessage, ProfileField.AutoReplyMessage, clear),
        };
    }

    private static Given<T> Of<T>(T? value, ProfileField field, IReadOnlyList<ProfileField> clear)
        where T : class =>
        (value, clear.Contains(field)) switch
        {
            (null, true) => Given.Of<T>(null),
            (null, false) => default,
            (_, false) => Given.Of(value),
            (_, true) => throw new Refused(ErrorCodes.BadInput, $"{field} is given and to be emptied at once", ("path", "clear")),
        };
}
