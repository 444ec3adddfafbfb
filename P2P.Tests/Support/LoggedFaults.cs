using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace P2P.Tests.Support;

/// <summary>What a server in this process logs as an error or worse.</summary>
internal sealed class LoggedFaults : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _all = [];

    private LoggedFaults()
    {
    }

    public IReadOnlyCollection<string> All => _all;

    /// <summary>Listens to a node from now on.</summary>
    public static LoggedFaults Of(WebApplication node)
    {
        var faults = new LoggedFaults();
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(faults);
        return faults;
    }

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName, _all);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Listener(string category, ConcurrentQueue<string> all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                all.Enqueue($"{category} {eventId.Id}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
