namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// The least of some lines at a place: lines are added by falling slope, places are asked for in ascending order, and both
/// cost a constant time on average.
/// </summary>
/// <param name="capacity">At most this number of lines.</param>
internal sealed class LineEnvelope(int capacity)
{
    private readonly (double Slope, double Intercept, int Name)[] _lines = new (double, double, int)[capacity];
    private int _first;
    private int _count;

    /// <summary>Adds a line whose slope is below that of all lines so far.</summary>
    public void Add(double slope, double intercept, int name)
    {
        while (_count - _first >= 2 && IsCovered(_lines[_count - 2], _lines[_count - 1], (slope, intercept)))
        {
            _count--;
        }

        _lines[_count++] = (slope, intercept, name);
    }

    /// <summary>The line that is least at a place, which is not before the last one asked for.</summary>
    public int LeastAt(double place)
    {
        while (_count - _first >= 2 && At(_lines[_first + 1], place) <= At(_lines[_first], place))
        {
            _first++;
        }

        return _lines[_first].Name;
    }

    private static double At((double Slope, double Intercept, int Name) line, double place) =>
        (line.Slope * place) + line.Intercept;

    private static bool IsCovered(
        (double Slope, double Intercept, int Name) before,
        (double Slope, double Intercept, int Name) line,
        (double Slope, double Intercept) after
    ) =>
        (after.Intercept - before.Intercept) * (before.Slope - line.Slope)
        <= (line.Intercept - before.Intercept) * (before.Slope - after.Slope);
}
