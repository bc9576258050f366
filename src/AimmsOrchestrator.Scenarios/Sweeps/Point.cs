using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>One run's parameters while it is made: a value by slot, null where the run lacks the parameter.</summary>
internal sealed class Point(int slots)
{
    private readonly List<long> _replicates = [];

    public Value?[] Values { get; } = new Value?[slots];

    /// <summary>The name that the scenario gives the run; null where it gives none.</summary>
    public string? Name { get; private set; }

    /// <summary>The parameters that the given name covers; other parameters that vary follow it in the run's name.</summary>
    public IReadOnlyList<int> NamedSlots { get; private set; } = [];

    /// <summary>Why the run cannot be sent; null where there is no reason so far.</summary>
    public Defect? Defect { get; set; }

    /// <summary>Which replicate it is: a number, or a list of numbers where repeats are nested; null where nothing is repeated.</summary>
    public Value? Replicate =>
        _replicates switch
        {
            [] => null,
            [var only] => Value.Number(only),
            _ => Value.Json(System.Text.Encoding.ASCII.GetBytes($"[{string.Join(',', _replicates)}]")),
        };

    public void GiveName(string name, IReadOnlyList<int> slots)
    {
        Name = name;
        NamedSlots = slots;
    }

    public void AddReplicate(long number) => _replicates.Add(number);
}
