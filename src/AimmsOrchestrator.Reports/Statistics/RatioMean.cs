using MathNet.Numerics.Distributions;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>
/// The mean of all runs of the draws that were added so far, and its 95 % confidence interval by the ratio estimator: what
/// <see cref="Designs.DrawMeans.Numbers"/> come to. With one run per draw it is the ordinary mean with Student's t.
/// </summary>
/// <remarks>Welford (1962), once by the draws' runs for the mean, and once by the squares of these for the interval.</remarks>
internal sealed class RatioMean
{
    private long _draws;
    private long _runs;
    private double _weight;
    private double _center;
    private double _squares;

    /// <summary>The mean of the runs; 0 before the first.</summary>
    public double Mean { get; private set; }

    /// <summary>Adds a draw.</summary>
    /// <param name="value">The mean of its runs.</param>
    /// <param name="runs">Their number.</param>
    public void Add(double value, int runs)
    {
        var weight = (double)runs * runs;
        _draws++;
        _runs += runs;
        Mean += (value - Mean) * runs / _runs;
        _weight += weight;
        var step = value - _center;
        _center += step * weight / _weight;
        _squares += weight * step * (value - _center);
    }

    /// <summary>Half the width of the interval; not finite below two draws, and where a double cannot hold it.</summary>
    public double HalfWidth()
    {
        if (_draws < 2)
        {
            return double.NaN;
        }

        var runsOfDraw = (double)_runs / _draws;
        var squares = (_squares + (_weight * (_center - Mean) * (_center - Mean))) / (runsOfDraw * runsOfDraw);
        return StudentT.InvCDF(0, 1, _draws - 1, 0.975) * Math.Sqrt(squares / (_draws - 1) / _draws);
    }
}
