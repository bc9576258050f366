namespace AimmsOrchestrator.Scenarios;

/// <summary>How far the search for points that <c>when</c> keeps has come.</summary>
/// <param name="Passed">The points that it has passed.</param>
/// <param name="Size">All points.</param>
public sealed record SweepWalk(long Passed, long Size)
{
    private const long Every = 1 << 16;

    /// <summary>Reports to a listener now and then.</summary>
    internal static void Report(Action<SweepWalk>? listener, long passed, long size)
    {
        if (listener is not null && passed % Every == 0)
        {
            listener(new SweepWalk(passed, size));
        }
    }
}
