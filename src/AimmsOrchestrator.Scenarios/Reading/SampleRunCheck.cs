using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sweeps;
using AimmsOrchestrator.Scenarios.Runs;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Makes the first runs of a scenario, to find their errors before anything is sent.</summary>
internal sealed class SampleRunCheck(ScenarioRuns runs, DiagnosticBag diagnostics)
{
    /// <summary>The number of first runs: an expression that fails in all of them counts as one that never works.</summary>
    private const int Tried = 8;

    /// <summary>The number of runs that are checked against <c>require</c>; later ones fail when their turn comes.</summary>
    private const int Required = 100_000;

    private const int Named = 3;

    /// <summary>
    /// An expression that fails in one run is that run's failure. One that fails in all of the first runs is an error of the
    /// scenario, and so is a requirement that any run does not meet.
    /// </summary>
    public void Check(SweepContext context, SourceLocation sweep)
    {
        var defects = runs.Made(0).Take(Tried).Select(made => made.Defect).ToList();
        if (defects.Count == 0)
        {
            diagnostics.Add(sweep, "sweep leaves no runs");
        }
        else if (defects.TrueForAll(defect => defect is not null))
        {
            foreach (var defect in defects.Where(defect => !defect!.IsRequirement))
            {
                diagnostics.Add(defect!.Location, defect.Message);
            }
        }

        if (context.HasRequirements)
        {
            CheckRequirements();
        }
    }

    private void CheckRequirements()
    {
        var broken = runs.Made(0).Take(Required).Where(made => made.Defect is { IsRequirement: true });
        foreach (var group in broken.GroupBy(made => made.Defect!, made => $"{made.Run.Index} ({made.Run.Name})"))
        {
            var names = group.ToList();
            var which =
                names.Count == 1
                    ? $"run {names[0]}"
                    : $"{names.Count} runs: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? ", …" : "")}";
            diagnostics.Add(group.Key.Location, $"{group.Key.Message} for {which}");
        }
    }
}
