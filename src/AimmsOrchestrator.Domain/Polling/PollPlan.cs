namespace AimmsOrchestrator.Domain.Polling;

/// <summary>What to do now, and when to ask for a plan again.</summary>
/// <param name="Polls">The tasks to poll now, one by one.</param>
/// <param name="IsListDue">Whether to read the list now.</param>
/// <param name="Wait">How long this plan holds; null where it holds until something happens.</param>
public sealed record PollPlan(IReadOnlyList<TaskWatch> Polls, bool IsListDue, TimeSpan? Wait)
{
    /// <summary>Nothing is watched.</summary>
    public static PollPlan Nothing { get; } = new([], IsListDue: false, Wait: null);
}
