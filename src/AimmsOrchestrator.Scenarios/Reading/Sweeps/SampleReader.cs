using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.sample</c>: parameters drawn from distributions.</summary>
internal sealed class SampleReader(SweepReader sweep, long seed, DiagnosticBag diagnostics)
{
    private const string Block = "sample";

    /// <summary>J. L. Loeppky, J. Sacks, W. J. Welch, "Choosing the Sample Size of a Computer Experiment", Technometrics 51, 2009.</summary>
    private const int PointsPerParameter = 10;

    public SampleSweep? Read(Node node)
    {
        var before = diagnostics.Count;
        if (Section.Read(node, SweepSchemas.Sample, diagnostics) is not { } section)
        {
            return null;
        }

        var method = section.Word("method") ?? "random";
        var count = section.WholeNumber("count", 1);
        section.Require("count", "how many points to draw");
        var scramble = Scramble(section, method);
        if (section["over"] is not MappingNode { Members.Count: > 0 } over)
        {
            diagnostics.Add(
                section["over"]?.Location ?? section.Location,
                "sample.over is a mapping of parameters to distributions, as in freight: { uniform: [70, 110] }"
            );
            return null;
        }

        var most = method switch
        {
            "sobol" => Sobol.MaxDimensions,
            "halton" => HaltonSample.MaxDimensions,
            _ => int.MaxValue,
        };
        if (over.Members.Count > most)
        {
            diagnostics.Add(
                over.Location,
                $"sample.over: {method} supports {most} parameters at most, and this has {over.Members.Count}"
            );
            return null;
        }

        var dimensions = over.Members.Select(member => member.Name).Order(NaturalOrder.Instance).ToList();
        var drawn = over
            .Members.Select(member => Parameter(member, dimensions.IndexOf(member.Name), method, count ?? 1, scramble))
            .ToList();
        if (diagnostics.Count > before)
        {
            return null;
        }

        WarnAboutDesign(section, method, count!.Value, drawn.Count);
        return new SampleSweep(count.Value, drawn!);
    }

    private void WarnAboutDesign(Section section, string method, int count, int parameters)
    {
        if (method == "sobol" && !int.IsPow2(count))
        {
            var below = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2;
            diagnostics.Warn(
                section.LocationOf("count"),
                $"sample.count: Sobol points balance in powers of two: {below} or {2L * below} would, {count} does not"
            );
        }
        else if (method == "lhs" && count < PointsPerParameter * parameters)
        {
            diagnostics.Warn(
                section.LocationOf("count"),
                $"sample.count: {count} points for {parameters} parameters are few for a Latin hypercube; ten per parameter, {PointsPerParameter * parameters}, is the usual rule"
            );
        }
    }

    private static bool Scramble(Section section, string method)
    {
        var isScrambled = section.Parse<bool>(
            "scramble",
            scalar => scalar.Kind == ScalarKind.Boolean ? scalar.Json == "true" : null,
            _ => "is not true or false"
        );
        if (isScrambled == true && method is not ("sobol" or "halton"))
        {
            section.Report("scramble", $"only sobol and halton points can be scrambled; {method} draws anyway");
        }

        return isScrambled == true;
    }

    private DrawnParameter? Parameter(Member member, int dimension, string method, long count, bool scramble)
    {
        var slot = sweep.Define(member.Key, Block);
        var distribution = new DistributionReader(diagnostics).Read(
            member.Name,
            sweep.ValuesFor(member.Key, member.Value)
        );
        return slot is null || distribution is null
            ? null
            : new DrawnParameter(slot.Value, Sample(member.Name, dimension, method, count, scramble), distribution);
    }

    private UnitSample Sample(string name, int dimension, string method, long count, bool scramble)
    {
        var random = new SeededRandom(seed, name);
        var shift = new SeededRandom(seed, $"{name}\nscramble");
        return method switch
        {
            "lhs" => new LatinSample(random, new SeededRandom(seed, $"{name}\nslices of {count}"), count),
            "sobol" => new SobolSample(dimension, scramble ? (uint)shift.Bits(0) : null),
            "halton" => new HaltonSample(dimension, scramble ? shift.Unit(0) : 0),
            _ => new RandomSample(random),
        };
    }
}
