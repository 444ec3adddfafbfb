using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>A method that the server calls on its clients.</summary>
/// <param name="Name">The method's name, for a durable one also the stored event's type.</param>
/// <param name="ArgumentTypes">The types of its arguments.</param>
/// <param name="BodyType">The type of a durable event's body; null for a message that is told once and not kept.</param>
internal sealed record ClientMethod(string Name, Type[] ArgumentTypes, Type? BodyType)
{
    /// <summary>A method that tells of a stored event. What rides along behind the body is told live only.</summary>
    public static ClientMethod Durable<TBody>(string name, params Type[] more) =>
        new(name, [typeof(EventHead), typeof(TBody), .. more], typeof(TBody));

    /// <summary>A method about the connection itself, or one whose newest call alone matters.</summary>
    public static ClientMethod Message(string name, params Type[] arguments) => new(name, arguments, BodyType: null);
}
