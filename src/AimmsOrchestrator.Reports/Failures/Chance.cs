using MathNet.Numerics;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>How probable it is that a search finds a condition among runs that have nothing in common.</summary>
internal static class Chance
{
    /// <summary>A sentence says no condition that chance brings about more often.</summary>
    public const double Most = 0.02;

    /// <summary>The same for a table of failures, which lists what runs have in common beside their number.</summary>
    public const double MostOfTable = 0.2;

    /// <summary>
    /// The probability that some runs, drawn at random, are exactly those of one of several sets of their number:
    /// <paramref name="sets"/> over the binomial coefficient.
    /// </summary>
    public static double OfExact(double sets, int runs, int all) =>
        Math.Min(1, Math.Exp(Math.Log(Math.Max(1, sets)) - SpecialFunctions.BinomialLn(all, runs)));

    /// <summary>
    /// The probability that at least <paramref name="hits"/> of some runs, drawn at random, are among a set's: the tail of the
    /// hypergeometric distribution, times the number of sets that were tried.
    /// </summary>
    public static double OfNear(double sets, int runs, int all, int size, int hits)
    {
        var total = SpecialFunctions.BinomialLn(all, runs);
        var tail = 0.0;
        for (var k = hits; k <= Math.Min(runs, size) && runs - k <= all - size; k++)
        {
            var term = Math.Exp(
                SpecialFunctions.BinomialLn(size, k) + SpecialFunctions.BinomialLn(all - size, runs - k) - total
            );
            tail += term;
            if (term < 1e-18)
            {
                break;
            }
        }

        return Math.Min(1, tail * sets);
    }
}
