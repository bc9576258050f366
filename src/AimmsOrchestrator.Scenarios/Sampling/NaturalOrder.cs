namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>
/// Natural order of names: <c>x2</c> before <c>x10</c>; otherwise by code unit, independent of the machine's language.
/// Parameters get the coordinates of point sets such as Sobol's in this order, so that their order in the file is
/// irrelevant.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var partA = Part(a);
            var partB = Part(b);
            var order =
                char.IsAsciiDigit(partA[0]) && char.IsAsciiDigit(partB[0])
                    ? CompareNumbers(partA, partB)
                    : partA.SequenceCompareTo(partB);
            if (order != 0)
            {
                return order;
            }

            a = a[partA.Length..];
            b = b[partB.Length..];
        }

        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    /// <summary>A run of digits, or one character.</summary>
    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return text[..(digits < 0 ? text.Length : Math.Max(1, digits))];
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
