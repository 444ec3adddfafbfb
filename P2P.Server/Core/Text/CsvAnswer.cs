using System.Text;

namespace P2P.Server.Core.Text;

/// <summary>A table as the answer of a REST path.</summary>
public static class CsvAnswer
{
    /// <summary>The table, to be saved under a name.</summary>
    public static IResult Of(HttpContext context, string name, string table)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        return Results.Text(table, "text/csv; header=present", Encoding.UTF8);
    }
}
