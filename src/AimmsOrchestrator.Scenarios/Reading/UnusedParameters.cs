using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sweeps;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Sweeps;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Finds parameters that vary and that no request uses: runs that differ only in them are submitted once.</summary>
internal sealed class UnusedParameters(SweepContext context, Sweep sweep, RequestTemplate request)
{
    public void Warn(SourceLocation location)
    {
        var used = new HashSet<int>();
        foreach (var slot in request.Placeholders.SelectMany(placeholder => placeholder.Template.Slots))
        {
            Use(slot, used);
        }

        foreach (
            var (slot, where) in context.Replicates.Where(pair => sweep.Varies(pair.Key) && !used.Contains(pair.Key))
        )
        {
            context.Diagnostics.Warn(
                where,
                $"no request uses {context.Parameters.Names[slot]}, so all replicates of a run send the same: use it as the model's random seed, unless the model draws its own"
            );
        }

        var unused = Enumerable
            .Range(0, context.Parameters.Names.Count)
            .Where(slot => !used.Contains(slot) && !context.Replicates.ContainsKey(slot) && sweep.Varies(slot))
            .Select(slot => context.Parameters.Names[slot])
            .ToList();
        // A table's columns that no request uses label its rows, as long as another one of its columns is used.
        if (context.Labels.Any(used.Contains))
        {
            unused.RemoveAll(name => context.Labels.Contains(context.Parameters.Find(name)!.Value));
        }

        if (unused.Count > 0)
        {
            context.Diagnostics.Warn(
                location,
                $"no request uses {string.Join(", ", unused)}: runs that differ in nothing else send the same, which is submitted once"
            );
        }
    }

    private void Use(int slot, HashSet<int> used)
    {
        if (!used.Add(slot))
        {
            return;
        }

        foreach (var source in context.DerivedFrom.GetValueOrDefault(slot, []))
        {
            Use(source, used);
        }
    }
}
