namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// What is believed of run times before any are known: the longer a task has run, the longer it will run, in proportion. Its
/// hazard falls as 1 / age, so that waits grow with the age; it is a beta process (N. Hjort, "Nonparametric Bayes estimators
/// based on beta processes in models for life history data", Annals of Statistics 18, 1990).
/// </summary>
internal static class ScaleFreePrior
{
    /// <summary>How many samples the prior is worth: hardly any, so that the first few decide.</summary>
    public const double Weight = 0.06;

    /// <summary>The exponent of the Pareto tail; below 1 its mean is infinite, as fits a scale that is not known.</summary>
    private const double Shape = 0.7;

    /// <summary>Younger than this, in seconds, tasks are taken to end at a constant rate.</summary>
    private const double Start = 0.3;

    /// <summary>The integral of the hazard between two ages.</summary>
    public static double CumulativeHazard(double from, double to) => Shape * Math.Log((to + Start) / (from + Start));
}
