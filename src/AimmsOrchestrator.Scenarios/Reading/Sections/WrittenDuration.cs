namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Durations in a scenario's notation, for other places where people write them.</summary>
public static class WrittenDuration
{
    /// <summary><c>90s</c>, <c>5m</c>, <c>2h</c>, <c>30d</c>, <c>500ms</c> or ISO 8601; null where the text is none.</summary>
    public static TimeSpan? Parse(string text) => DurationReader.Parse(text);
}
