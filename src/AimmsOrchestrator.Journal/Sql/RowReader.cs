namespace AimmsOrchestrator.Journal.Sql;

/// <summary>The rows that a query returns, one after the other.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>The row that was read last.</summary>
    public abstract Row Row { get; }

    /// <summary>Reads the next row; false where there is none.</summary>
    public abstract bool Read();

    public abstract void Dispose();
}
