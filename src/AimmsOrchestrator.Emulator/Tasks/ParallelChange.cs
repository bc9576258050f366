namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>How many tasks run at a time from a moment on.</summary>
/// <param name="After">The moment, since the service began.</param>
/// <param name="Parallel">How many; at least 1.</param>
public sealed record ParallelChange(TimeSpan After, int Parallel);
