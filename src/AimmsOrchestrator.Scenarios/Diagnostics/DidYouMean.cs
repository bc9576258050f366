namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Suggests the word that the author probably meant.</summary>
public static class DidYouMean
{
    /// <summary>
    /// The candidate that means the same as a word of other programs, or the closest by Damerau-Levenshtein distance; null
    /// where none is near.
    /// </summary>
    public static string? Among(string word, IEnumerable<string> candidates)
    {
        var possible = candidates as IReadOnlyCollection<string> ?? [.. candidates];
        return Synonyms.Among(word, possible) ?? Nearest(word, possible);
    }

    /// <summary>The closest candidate by its letters; null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        // A distance is at least the difference of the lengths, so most candidates need no distance.
        var most = Math.Min(Math.Max(1, word.Length / 3), word.Length - 1);
        var upper = word.ToUpperInvariant();
        return candidates
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Candidate: candidate, Distance: Distance(upper, candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= most)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>"; did you mean …?", or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Among(word, candidates) is { } near ? $"; did you mean \"{near}\"?" : "";

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var same = a[i - 1] == b[j - 1];
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
