using P2P.Db;

namespace P2P.Tests.Db;

/// <summary>Where a statement ends.</summary>
public sealed class SqlStatementsTests
{
    [TestCase("select 1; select 2", 2)]
    [TestCase("select 1;;\n;", 1)]
    [TestCase("-- only; a comment\n/* and; /* a nested; */ one; */", 0)]
    [TestCase("select ';', 'it''s; fine'; select 2", 2)]
    [TestCase(@"select e'\';'; select 2", 2)]
    [TestCase("select 1 as \"a;b\"", 1)]
    [TestCase("create function f() returns int language sql as $$ select 1; $$; select 2", 2)]
    [TestCase("do $body$ begin perform $$a;b$$; end $body$; select 2", 2)]
    [TestCase("select $1; select 2", 2)]
    [TestCase("select 4 / 2 * 1; select 2 - 1 -- ; no\n; select 3", 3)]
    [TestCase("select 'ünïcode;'; select 2", 2)]
    public void Statements_end_at_semicolons_that_stand_alone(string text, int count) => SqlStatements.Split(text).Count.ShouldBe(count);

    [Test]
    public void Nothing_but_semicolons_is_lost()
    {
        const string text = "create table a (b text default ';'); -- end\n/* x */ insert into a values ($q$;$q$);\n";
        string.Join(';', SqlStatements.Split(text).Select(statement => statement.Text)).ShouldBe(text[..text.LastIndexOf(';')]);
    }
}
