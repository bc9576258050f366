namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>How much a batch weighs beside others at its account: twice as much with each step.</summary>
public enum Priority
{
    /// <summary>Twice the share of a low one; the default.</summary>
    Normal,

    /// <summary>Half the share of a normal one.</summary>
    Low,

    /// <summary>Twice the share of a normal one.</summary>
    High,
}

/// <summary>What a priority comes to.</summary>
public static class Priorities
{
    /// <summary>The words by which people set it, the highest first.</summary>
    public static IReadOnlyList<string> Words { get; } = ["high", "normal", "low"];

    /// <summary>4, 2 or 1.</summary>
    public static int Weight(this Priority priority) =>
        priority switch
        {
            Priority.High => 4,
            Priority.Low => 1,
            _ => 2,
        };

    /// <summary>As people write it.</summary>
    public static string Word(this Priority priority) =>
        priority switch
        {
            Priority.High => "high",
            Priority.Low => "low",
            _ => "normal",
        };

    /// <summary>The priority of a word; null where it is none.</summary>
    public static Priority? Parse(string word) =>
        word switch
        {
            "high" => Priority.High,
            "normal" => Priority.Normal,
            "low" => Priority.Low,
            _ => null,
        };
}
