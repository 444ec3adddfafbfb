using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using P2P.Server.Core;
using P2P.Server.Core.Observing;

namespace P2P.Tests.Observing;

/// <summary>Everything that is logged, as the server in service writes it to its console.</summary>
internal sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ServiceProvider _services;
    private readonly ConsoleFormatter _formatter;
    private readonly ConcurrentQueue<(string Category, string Text)> _records = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public LogLines()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddServerLog(new ServerMode(IsDevelopment: false, ShortcutsOn: false, DataFolder: null)));
        _services = services.BuildServiceProvider();
        _formatter = _services.GetServices<ConsoleFormatter>().Single(one => one.Name == ConsoleFormatterNames.Json);
    }

    /// <summary>What was written so far, record by record.</summary>
    public IReadOnlyList<(string Category, string Text)> Records => [.. _records];

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => _services.Dispose();

    private sealed class Log(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => lines._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter();
            lines._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), lines._scopes, text);
            lines._records.Enqueue((category, text.ToString()));
        }
    }
}
