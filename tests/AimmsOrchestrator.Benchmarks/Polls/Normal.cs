namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>By the series of G. Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11, 2004.</summary>
    public static double Distribution(double x)
    {
        if (Math.Abs(x) > 7)
        {
            return x > 0 ? 1 : 0;
        }

        var (sum, term) = (x, x);
        for (var i = 3; Math.Abs(term) > 1e-18; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }

    /// <summary>By bisection.</summary>
    public static double Quantile(double share)
    {
        var (low, high) = (-8.0, 8.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Distribution(middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
