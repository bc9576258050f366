using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>What stands for a state wherever one is shown: the sign carries what the colour says to those who see none.</summary>
/// <param name="Text">One character.</param>
/// <param name="Color">Its colour.</param>
internal readonly record struct StateSign(string Text, Color Color)
{
    public static StateSign Warning { get; } = new("!", Color.Yellow);

    /// <summary>The sign of a run's state.</summary>
    public static StateSign Of(RunState state) =>
        state switch
        {
            RunState.Completed => new("✓", Color.Green),
            RunState.Failed => new("✗", Color.Red),
            RunState.Cancelled => new("■", Color.Yellow),
            RunState.Unconfirmed => new("?", Color.Yellow),
            RunState.Running or RunState.Solving => new("▶", Color.Blue),
            RunState.Queued or RunState.Assigned => new("○", Color.Blue),
            RunState.Submitting => new("↑", Color.Blue),
            RunState.Retrieving => new("↓", Color.Blue),
            _ => new("·", Color.Grey),
        };

    /// <summary>The sign of a batch's state.</summary>
    public static StateSign Of(BatchState state) =>
        state switch
        {
            BatchState.Running => Of(RunState.Running),
            BatchState.Paused => new("‖", Color.Yellow),
            BatchState.Finished => Of(RunState.Completed),
            BatchState.Refused => Of(RunState.Failed),
            BatchState.Left => Of(RunState.Unconfirmed),
            _ => Of(RunState.Cancelled),
        };
}
