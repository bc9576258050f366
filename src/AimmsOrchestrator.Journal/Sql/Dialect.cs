namespace AimmsOrchestrator.Journal.Sql;

/// <summary>Where the SQL of the two databases differs.</summary>
internal abstract class Dialect
{
    /// <summary>Names the index that a table is to be read by, for a database that would not choose it without statistics.</summary>
    public abstract string IndexedBy(string index);

    /// <summary>What a query ends with that locks its rows to the end of the transaction; empty where a transaction has all of the database.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>A member of a JSON text's top level, as JSON; NULL where there is none or the text is no JSON.</summary>
    public abstract string JsonMember(string column, string member);

    /// <summary>The text of a member of a member; NULL where there is none or the text is no JSON.</summary>
    public abstract string JsonText(string column, string member, string inner);

    /// <summary>A JSON text with a member of its top level set to a text.</summary>
    public abstract string JsonWith(string column, string member, string text);

    /// <summary>Whether a column is JSON.</summary>
    public abstract string IsJson(string column);
}
