using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of <c>sweep</c> and of everything in it.</summary>
internal static class SweepSchemas
{
    public static ObjectSchema Range { get; } =
        new ObjectSchema("range")
        {
            { "from", Required(Number), "The first value." },
            { "to", Number, "The last value, if a step lands on it." },
            { "until", Number, "The end of the range, itself excluded." },
            { "step", Step, "From one value to the next, in decimal arithmetic; below zero to go down." },
            { "count", Count, "The number of values, evenly spaced, both ends included." },
            { "scale", Word("log", "linear"), "log: evenly spaced in the logarithm." },
        }.With(
            SchemaRules.OneGroup(
                ["to", "until", "step", "count", "scale"],
                ["to", "step"],
                ["until", "step"],
                ["to", "count"],
                ["to", "count", "scale"],
                ["to", "step", "scale"],
                ["until", "step", "scale"]
            )
        );

    public static ObjectSchema Percent { get; } =
        new("percent") { { "percent", Required(ParameterValues), "Percentages above or below the base." } };

    public static ObjectSchema Oat { get; } =
        new("oat")
        {
            { "base", Required(MapOf(Value)), "A value for each parameter: the point that is run first, once." },
            {
                "vary",
                Required(MapOf(Either(ParameterValues, Mapping(Percent)))),
                "The values to try for some of them, one parameter at a time, or { percent: [-10, 10] }."
            },
        };

    public static ObjectSchema Table { get; } =
        new("table")
        {
            { "file", Required(Text), "A .csv, .xlsx or .jsonl file beside the scenario; each row is a run." },
            { "sheet", Text, "The sheet of an .xlsx file; the first one if left out." },
            { "where", Expression, "An expression over the columns that picks rows." },
            { "columns", MapOf(Value), "Other names for some columns; null leaves one out." },
        };

    public static ObjectSchema Sample { get; } =
        new("sample")
        {
            { "method", Word("random", "lhs", "sobol", "halton"), "How points are drawn: random if left out." },
            { "count", Required(Count), "How many points." },
            { "over", Required(MapOf(Distribution)), "The parameters, each with its distribution." },
            { "scramble", Truth, "Whether sobol or halton points are scrambled by the seed." },
        };

    public static ObjectSchema Choice { get; } =
        new("choice")
        {
            { "values", Required(Some(Value)), "The values to choose from." },
            { "weights", Some(Positive), "The weight of each; equal if left out." },
        };

    /// <summary>Every distribution, its numbers in the order in which they may be listed.</summary>
    public static IReadOnlyList<ObjectSchema> Distributions { get; } =
    [
        Numbers("uniform", "from: the lower end", "to: the upper end"),
        Numbers("int", "from: the least whole number", "to: the greatest, included"),
        Numbers("loguniform", "from: the lower end, above zero", "to: the upper end"),
        Numbers("normal", "mean: the mean", "sd: the standard deviation"),
        Numbers(
            "truncnormal",
            "mean: the mean of the whole bell",
            "sd: its standard deviation",
            "from: the lower end",
            "to: the upper end"
        ),
        Numbers("lognormal", "mu: the mean of the logarithm", "sigma: its standard deviation"),
        Numbers("triangular", "from: the lower end", "mode: the likeliest value", "to: the upper end"),
        Numbers(
            "beta",
            "alpha: the first shape",
            "beta: the second shape",
            "from: the lower end; 0 if left out",
            "to: the upper end; 1 if left out"
        ),
        Choice,
    ];

    /// <summary>The distributions as keys: a parameter has one of them.</summary>
    public static ObjectSchema DistributionKinds { get; } =
        new("distribution")
        {
            { "uniform", Kind("uniform"), "Every number between from and to is as likely." },
            { "int", Kind("int"), "Every whole number from from to to is as likely." },
            {
                "loguniform",
                Kind("loguniform"),
                "Every ratio is as likely: as many values from 1 to 10 as from 10 to 100."
            },
            { "normal", Kind("normal"), "The bell curve." },
            { "truncnormal", Kind("truncnormal"), "The part of a bell curve between from and to." },
            { "lognormal", Kind("lognormal"), "A number whose logarithm has a bell curve." },
            {
                "triangular",
                Kind("triangular"),
                "Likeliest at mode, and less likely along straight lines to both ends."
            },
            { "beta", Kind("beta"), "Between from and to, by two shapes." },
            { "choice", Kind("choice"), "One of a list of values, perhaps with weights." },
        };

    public static ObjectSchema Repeat { get; } =
        new("repeat")
        {
            { "times", Required(Count), "How often each run is made." },
            { "as", Text, "The parameter with the replicate's number, from 1; replicate if left out." },
        };

    public static ObjectSchema Sweep { get; } =
        new("sweep")
        {
            {
                "matrix",
                MapOf(ParameterValues),
                "Every combination of its parameters' values, the last varying fastest; include and exclude as in a GitHub Actions matrix."
            },
            { "zip", MapOf(ParameterValues), "Parameters side by side: the first values of all, then the second." },
            { "runs", Some(MapOf(Value)), "Runs written out, each with its parameters and an optional name." },
            { "oat", Mapping(Oat), "One parameter at a time around a base point." },
            { "table", Mapping(Table), "One run per row of a file." },
            { "sample", Mapping(Sample), "Points drawn from distributions." },
            { "concat", Some(Whole), "Whole sweeps, one after the other." },
            { "let", MapOf(Expression), "Parameters derived from those above: names and expressions." },
            { "when", Expression, "An expression; runs for which it does not hold are dropped." },
            { "require", OneOrMore(Expression), "An expression, or a list of them, that must hold for every run." },
            { "repeat", Mapping(Repeat), "Every run several times, as replicates." },
            {
                "order",
                Word("written", "shuffle", "spread"),
                "written (if left out), shuffle by the seed, or spread: any first part covers all of the sweep evenly."
            },
            { "limit", Count, "The largest number of runs." },
        };

    /// <summary>A parameter's distribution, or a constant.</summary>
    private static ValueSchema Distribution =>
        Reference(
            "a distribution such as { uniform: [70, 110] }, or a constant",
            "distribution",
            () => [DistributionKinds]
        );

    /// <summary>A sweep inside another one.</summary>
    private static ValueSchema Whole => Reference("a sweep", "sweep", () => [Sweep]);

    private static ValueSchema Kind(string name)
    {
        var schema = Distributions.First(known => known.Path == name);
        var names = string.Join(", ", schema.Names);
        return name == "choice"
            ? Either(ListOf(Value), Mapping(schema))
            : Noted(Mapping(schema), $"numbers in a list, [{names}], or by name, {{ {names} }}");
    }

    private static ObjectSchema Numbers(string name, params string[] numbers)
    {
        var schema = new ObjectSchema(name);
        foreach (var number in numbers)
        {
            var (key, meaning) = (number.Split(": ")[0], number.Split(": ")[1]);
            schema.Add(
                key,
                name == "beta" && (key is "from" or "to") ? Number : Required(Number),
                $"{char.ToUpperInvariant(meaning[0])}{meaning[1..]}."
            );
        }

        return schema;
    }
}
