using System.Globalization;
using Google.OrTools.Sat;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>Writes a solve's progress to the task's status: <c>incumbent</c>, <c>bound</c>, <c>gap</c>, <c>elapsed</c> in seconds.</summary>
internal sealed class SolveProgress(ModelCall call) : CpSolverSolutionCallback
{
    private readonly long _start = call.Time.GetTimestamp();
    private readonly Lock _lock = new();
    private double? _incumbent;
    private double? _bound;

    /// <summary>(incumbent − bound) / |incumbent|, as solvers print it; 0 where the two are equal.</summary>
    public static double Gap(double incumbent, double bound) =>
        Math.Round(Math.Abs(incumbent - bound) / Math.Max(1e-10, Math.Abs(incumbent)), 6);

    public override void OnSolutionCallback()
    {
        lock (_lock)
        {
            _incumbent = ObjectiveValue();
            _bound = BestObjectiveBound();
            call.Write(string.Create(CultureInfo.InvariantCulture, $"solution {_incumbent:R}, best bound {_bound:R}"));
            Publish();
        }
    }

    public void OnBound(double bound)
    {
        lock (_lock)
        {
            _bound = bound;
            Publish();
        }
    }

    private void Publish() =>
        call.Status = JsonOutput.Bytes(writer =>
        {
            Write("incumbent", _incumbent);
            Write("bound", _bound);
            Write("gap", _incumbent is { } incumbent && _bound is { } bound ? Gap(incumbent, bound) : null);
            Write("elapsed", Math.Round(call.Time.GetElapsedTime(_start).TotalSeconds, 3));

            void Write(string name, double? value)
            {
                if (value is { } number && double.IsFinite(number))
                {
                    writer.WriteNumber(name, number);
                }
                else
                {
                    writer.WriteNull(name);
                }
            }
        });
}
