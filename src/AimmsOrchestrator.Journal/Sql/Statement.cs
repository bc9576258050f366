namespace AimmsOrchestrator.Journal.Sql;

/// <summary>
/// A statement prepared once and used for every row; its values are <c>$1</c>, <c>$2</c> and so on. For one thread at a time.
/// </summary>
internal abstract class Statement : IDisposable
{
    /// <summary>Runs it.</summary>
    public abstract void Run(params ReadOnlySpan<object?> values);

    /// <summary>Runs it for the one whole number that it returns; null where that is NULL or there is no row.</summary>
    public abstract long? NumberOrNull(params ReadOnlySpan<object?> values);

    /// <summary>Runs it for the whole numbers of its first row, NULL as 0.</summary>
    /// <returns>False where there is no row.</returns>
    public abstract bool TryRead(Span<long> numbers, params ReadOnlySpan<object?> values);

    /// <summary>Runs it; whether it returns any row.</summary>
    public abstract bool HasRow(params ReadOnlySpan<object?> values);

    /// <summary>Runs it for the one whole number that it returns.</summary>
    public long Number(params ReadOnlySpan<object?> values) =>
        NumberOrNull(values) ?? throw new InvalidOperationException("The statement returned no row.");

    public abstract void Dispose();
}
