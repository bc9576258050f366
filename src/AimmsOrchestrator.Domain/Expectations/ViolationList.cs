namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>Counts where a rule was applied and does not hold, and keeps the first few.</summary>
internal sealed class ViolationList(string name)
{
    private readonly List<Violation> _first = [];
    private long _checked;
    private long _violated;

    /// <param name="holds">Whether the rule holds here.</param>
    /// <param name="violation">Where and how it does not; made only where it is kept.</param>
    public void Add(bool holds, Func<Violation> violation)
    {
        _checked++;
        if (holds)
        {
            return;
        }

        _violated++;
        if (_first.Count < ExpectationResult.MostTold)
        {
            _first.Add(violation());
        }
    }

    public ExpectationResult End(string? reason = null) =>
        new(name, _checked, _violated, _first) { Reason = _checked == 0 ? reason : null };
}
