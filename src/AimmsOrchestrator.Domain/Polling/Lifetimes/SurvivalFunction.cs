namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// With which probability a task still runs at an age, tabulated and linear in between; immutable. Ages are in seconds since
/// the task's start.
/// </summary>
public sealed class SurvivalFunction
{
    private readonly double[] _ages;
    private readonly double[] _survival;
    private readonly double[] _means;
    private readonly double[] _hazards;

    /// <param name="ages">Ascending, the first is 0; at least two.</param>
    /// <param name="survival">Per age the probability of an end after it: 1 at age 0, never ascending, more than 0.</param>
    internal SurvivalFunction(double[] ages, double[] survival)
    {
        _ages = ages;
        _survival = survival;
        _means = new double[ages.Length];
        _hazards = new double[ages.Length - 1];
        for (var i = 1; i < ages.Length; i++)
        {
            var width = ages[i] - ages[i - 1];
            _means[i] = _means[i - 1] + (0.5 * (survival[i] + survival[i - 1]) * width);
            _hazards[i - 1] = Math.Log(survival[i - 1] / survival[i]) / width;
        }
    }

    /// <summary>The ages of the table.</summary>
    internal ReadOnlySpan<double> Ages => _ages;

    /// <summary>Per age of the table the probability of an end after it.</summary>
    internal ReadOnlySpan<double> Values => _survival;

    /// <summary>Per age of the table the integral of the survival function up to it.</summary>
    internal ReadOnlySpan<double> RestrictedMeans => _means;

    /// <summary>The probability that a task still runs at an age; beyond the table that of its last age.</summary>
    internal double At(double age)
    {
        var (index, share) = Locate(age);
        return _survival[index] + (share * (_survival[index + 1] - _survival[index]));
    }

    /// <summary>The expected run time that lies before an age: the integral of the survival function up to it.</summary>
    internal double RestrictedMean(double age) => Both(age).RestrictedMean;

    /// <summary>The survival function at an age, and its integral up to it.</summary>
    internal (double Survival, double RestrictedMean) Both(double age)
    {
        var (index, share) = Locate(age);
        var width = _ages[index + 1] - _ages[index];
        var at = _survival[index] + (share * (_survival[index + 1] - _survival[index]));
        return (at, _means[index] + (0.5 * (_survival[index] + at) * share * width));
    }

    /// <summary>The rate per second at which tasks of an age end; beyond the table that of its last stretch.</summary>
    internal double Hazard(double age) => _hazards[Locate(age).Index];

    /// <summary>The integral of the hazard up to an age: of an exact model's tasks it is exponential with mean 1.</summary>
    internal double CumulativeHazard(double age) => -Math.Log(At(age));

    /// <summary>The stretch of the table that holds an age, and which share of it lies before the age.</summary>
    internal (int Index, double Share) Locate(double age)
    {
        var index = Array.BinarySearch(_ages, age);
        index = Math.Clamp(index < 0 ? ~index - 1 : index, 0, _ages.Length - 2);
        return (index, Math.Clamp((age - _ages[index]) / (_ages[index + 1] - _ages[index]), 0, 1));
    }
}
