using P2P.Db;

namespace P2P.Tests.Support;

/// <summary>What the next version's script could be: this version's program still works on a database that has it.</summary>
public static class NextScript
{
    /// <summary>Adds what this program does not know, and says so.</summary>
    public static Script Compatible { get; } = new(
        "9998_next.sql",
        $"""
        -- What the next version needs.
        -- compatible: {Script.Embedded()[^1].Number}

        alter table orders add column next_note text;
        alter table profiles add column next_count integer not null default 0;
        create table next_things (
            id    bigint generated always as identity,
            note  text not null,
            constraint next_things_pkey primary key (id)
        );
        grant select, insert on next_things to p2p_app;
        """);

    /// <summary>Comes after <see cref="Compatible"/>: the program before it is compatible, this one is not.</summary>
    public static Script AfterNext { get; } = new("9999_after_next.sql", "-- compatible: 9998\nselect 1;");
}
