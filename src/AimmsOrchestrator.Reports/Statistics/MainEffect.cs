using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>A result's mean in a class of a parameter's values.</summary>
/// <param name="Class">The class.</param>
/// <param name="Mean">The result's mean over the runs of the class.</param>
/// <param name="Count">The number of these runs.</param>
/// <param name="Row">The last of them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClassMean(int Class, double Mean, long Count, int Row);

/// <summary>The main effect of a parameter: the mean of a result for each class of the parameter, over all values of the others.</summary>
internal static class MainEffect
{
    /// <summary>A mean for each class that has a run with a number.</summary>
    /// <param name="classes">The parameter's classes.</param>
    /// <param name="result">One number per row; NaN where there is none.</param>
    public static List<ClassMean> Of(Classes classes, ReadOnlySpan<double> result)
    {
        var means = new ClassMean[classes.Count];
        for (var row = 0; row < result.Length; row++)
        {
            if (double.IsNaN(result[row]) || classes.OfRow(row) is not (var index and >= 0))
            {
                continue;
            }

            var (_, mean, count, _) = means[index];
            // Half the difference, added twice: the difference of two doubles may overflow.
            var step = (result[row] / 2 - mean / 2) / (count + 1);
            means[index] = new ClassMean(index, mean + step + step, count + 1, row);
        }

        return [.. means.Where(m => m.Count > 0)];
    }
}
