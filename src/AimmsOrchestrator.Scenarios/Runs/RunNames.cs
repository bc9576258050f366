using System.Text;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Runs;

/// <summary>Run names: given by the scenario, or built from the parameters that vary (<c>freight=80 growth=1.1</c>).</summary>
internal sealed class RunNames
{
    private readonly string _fallback;
    private readonly IReadOnlyList<NamedSlot> _varying;

    /// <param name="parameters">All parameters.</param>
    /// <param name="sweep">Tells which of them vary.</param>
    /// <param name="fallback">The name of a run in which nothing varies: the scenario's.</param>
    public RunNames(ParameterTable parameters, Sweep sweep, string fallback)
    {
        _fallback = fallback;
        _varying =
        [
            .. parameters
                .Names.Select((name, slot) => new NamedSlot(slot, $"{name}="))
                .Where(named => sweep.Varies(named.Slot)),
        ];
    }

    public string Of(Point point)
    {
        var name = new StringBuilder(point.Name);
        foreach (var (slot, prefix) in _varying)
        {
            if (point.Values[slot] is { } value && (point.Name is null || !point.NamedSlots.Contains(slot)))
            {
                name.Append(name.Length > 0 ? " " : "").Append(prefix).Append(value.Text);
            }
        }

        return name.Length > 0 ? name.ToString() : _fallback;
    }

    private sealed record NamedSlot(int Slot, string Prefix);
}
