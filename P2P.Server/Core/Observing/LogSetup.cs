namespace P2P.Server.Core.Observing;

/// <summary>How the server logs: in service one JSON object a line, whatever is in it; in development for the eye.</summary>
internal static class LogSetup
{
    public static void AddServerLog(this ILoggingBuilder logging, ServerMode mode)
    {
        logging.ClearProviders();

        // A start that fails is told by the command, in one sentence; this would write its stack trace. In development it is quiet
        // altogether: when listening fails, it also tells of services that were cancelled before they began.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", mode.IsDevelopment ? LogLevel.None : LogLevel.Critical);
        if (mode.IsDevelopment)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
            logging.SetMinimumLevel(LogLevel.Warning);
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
            });
        }
    }
}
