using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>
/// Reads a distribution: a mapping of its name to its numbers, by name (<c>{ uniform: { from: 70, to: 110 } }</c>) or in
/// order (<c>{ uniform: [70, 110] }</c>).
/// </summary>
internal sealed class DistributionReader(DiagnosticBag diagnostics)
{
    private static readonly List<string> Known = [.. SweepSchemas.Distributions.Select(schema => schema.Path)];

    public Distribution? Read(string name, Node node)
    {
        if (node is ScalarNode scalar)
        {
            if (
                scalar.Kind == ScalarKind.String
                && ForeignNotation.Distribution(scalar.Text, Known) is { } distribution
            )
            {
                diagnostics.Add(
                    node.Location,
                    $"{name}: \"{scalar.Text}\" is a text here, the same for every point; a distribution is {distribution}"
                );
                return null;
            }

            return ValueReader.Single(name, node, diagnostics) is { } value ? new Constant(value) : null;
        }

        if (node is not MappingNode { Members: [var member] })
        {
            diagnostics.Add(
                node.Location,
                $"{name}: a distribution is expected, as in {{ uniform: [70, 110] }}; there is {string.Join(", ", Known)}"
            );
            return null;
        }

        if (SweepSchemas.Distributions.FirstOrDefault(known => known.Path == member.Name) is not { } schema)
        {
            var hint = DidYouMean.Hint(member.Name, Known);
            diagnostics.Add(
                member.Key.Location,
                $"{name}: there is no distribution \"{member.Name}\"{hint} (there is {string.Join(", ", Known)})"
            );
            return null;
        }

        return member.Name == "choice"
            ? ReadChoice(name, member.Value)
            : ReadNumbers($"{name}.{member.Name}", member, schema);
    }

    private Distribution? ReadNumbers(string name, Member member, ObjectSchema schema)
    {
        var names = schema.Names.ToList();
        var before = diagnostics.Count;
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        if (member.Value is SequenceNode list && list.Items.Count <= names.Count)
        {
            foreach (var (key, item) in names.Zip(list.Items))
            {
                Add(numbers, name, key, item);
            }
        }
        else if (Section.Read(member.Value, schema, diagnostics, name) is not null)
        {
            foreach (var entry in ((MappingNode)member.Value).Members.Where(entry => names.Contains(entry.Name)))
            {
                Add(numbers, name, entry.Name, entry.Value);
            }
        }

        if (diagnostics.Count > before)
        {
            return null;
        }

        double Of(string key) => numbers.GetValueOrDefault(key, double.NaN);
        var distribution = Make(member.Name, Of, out var rule);
        if (distribution is null)
        {
            diagnostics.Add(member.Value.Location, $"{name} needs {string.Join(", ", names)}: {rule}");
        }
        else if (distribution is Continuous continuous && !continuous.IsRepresentable())
        {
            diagnostics.Add(
                member.Value.Location,
                $"{name}: its values are beyond the range of numbers (about 1e-308 to 1.8e308), or all the same within it"
            );
        }

        return distribution;
    }

    private static Distribution? Make(string name, Func<string, double> of, out string rule)
    {
        var (from, to) = (of("from"), of("to"));
        switch (name)
        {
            case "uniform":
                rule = "from below to";
                return from < to ? Continuous.Uniform(from, to) : null;
            case "int":
                rule = "two whole numbers, from not above to";
                return from <= to && long.CreateSaturating(from) == from && long.CreateSaturating(to) == to
                    ? new WholeNumbers((long)from, (long)to)
                    : null;
            case "loguniform":
                rule = "from above zero and below to";
                return from > 0 && from < to ? Continuous.LogUniform(from, to) : null;
            case "normal":
                rule = "sd above zero";
                return of("sd") > 0 && double.IsFinite(of("mean")) ? Continuous.Normal(of("mean"), of("sd")) : null;
            case "truncnormal":
                rule = "sd above zero, from below to, and some of the bell between them";
                return
                    of("sd") > 0 && double.IsFinite(of("mean")) && from < to && HasMass(of("mean"), of("sd"), from, to)
                    ? Continuous.TruncatedNormal(of("mean"), of("sd"), from, to)
                    : null;
            case "lognormal":
                rule = "the mean and the standard deviation of the logarithm, sigma above zero";
                return of("sigma") > 0 && double.IsFinite(of("mu"))
                    ? Continuous.LogNormal(of("mu"), of("sigma"))
                    : null;
            case "triangular":
                rule = "mode between from and to";
                return from <= of("mode") && of("mode") <= to && from < to
                    ? Continuous.Triangular(from, of("mode"), to)
                    : null;
            default:
                rule = "alpha and beta above zero; from and to, 0 and 1 if left out, from below to";
                var (low, high) = (double.IsNaN(from) ? 0 : from, double.IsNaN(to) ? 1 : to);
                return of("alpha") > 0 && of("beta") > 0 && low < high
                    ? Continuous.Beta(of("alpha"), of("beta"), low, high)
                    : null;
        }
    }

    private static bool HasMass(double mean, double sd, double from, double to) =>
        MathNet.Numerics.Distributions.Normal.CDF(mean, sd, to)
            - MathNet.Numerics.Distributions.Normal.CDF(mean, sd, from)
        > 1e-12;

    private void Add(Dictionary<string, double> numbers, string name, string key, Node node)
    {
        if (node is ScalarNode { Number: { } number })
        {
            numbers[key] = number;
        }
        else
        {
            diagnostics.Add(node.Location, $"{name}.{key}: {node.Description} is not a number");
        }
    }

    private Choice? ReadChoice(string name, Node node)
    {
        var before = diagnostics.Count;
        var values = node is MappingNode mapping ? mapping.Find("values") : node;
        if (node is MappingNode)
        {
            _ = Section.Read(node, SweepSchemas.Choice, diagnostics, $"{name}.choice");
        }

        if (values is not SequenceNode { Items.Count: > 0 } list)
        {
            diagnostics.Add(node.Location, $"{name}.choice needs a list of values, or {{ values: […], weights: […] }}");
            return null;
        }

        var read = list.Items.Select(item => ValueReader.Single(name, item, diagnostics)).ToList();
        var weights = Weights(name, (node as MappingNode)?.Find("weights"), read.Count);
        return diagnostics.Count > before ? null : new Choice(read!, weights);
    }

    private List<double> Weights(string name, Node? node, int count)
    {
        if (node is null)
        {
            return [.. Enumerable.Repeat(1.0, count)];
        }

        var items = (node as SequenceNode)?.Items ?? [];
        var weights = items.Select(item => (item as ScalarNode)?.Number).OfType<double>().ToList();
        if (weights.Count != count || weights.Exists(weight => weight < 0) || weights.Sum() <= 0)
        {
            diagnostics.Add(
                node.Location,
                $"{name}.choice.weights: a number of 0 or more for each of the {count} values, not all 0"
            );
        }

        return weights;
    }
}
