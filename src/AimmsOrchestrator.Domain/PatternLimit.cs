namespace AimmsOrchestrator.Domain;

/// <summary>
/// How long a regular expression of this program may search one text. It is a net under a pattern that would never end, and
/// no measure of speed: on a busy machine a thread may stand still for seconds in the midst of a short text.
/// </summary>
public static class PatternLimit
{
    /// <summary>A minute.</summary>
    public const int Milliseconds = 60_000;
}
