namespace AimmsOrchestrator.Engine.Batches;

/// <summary>What a supervisor is told to do.</summary>
internal static class BatchCommands
{
    /// <summary>Submit nothing more, leave the tasks at the service alone, write down where things stand, and end.</summary>
    public sealed class Leave
    {
        public static readonly Leave Instance = new();
    }
}
