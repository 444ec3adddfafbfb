using System.Data;
using Dapper;

namespace P2P.Db;

/// <summary>Dapper's process-wide settings: snake_case columns fill PascalCase members; times are UTC.</summary>
public static class DapperSetup
{
    private static readonly Lock Gate = new();
    private static bool _done;

    /// <summary>Applies the settings once; further calls do nothing.</summary>
    public static void Apply()
    {
        lock (Gate)
        {
            if (_done)
            {
                return;
            }

            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.AddTypeHandler(new UtcTimes());
            _done = true;
        }
    }

    /// <summary>Npgsql takes a <see cref="DateTimeOffset"/> with offset 0 only, and gives back a UTC <see cref="DateTime"/>.</summary>
    private sealed class UtcTimes : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            _ => throw new DataException($"A {value.GetType().Name} is no time."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }
}
