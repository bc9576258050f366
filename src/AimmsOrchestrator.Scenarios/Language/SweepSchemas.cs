using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of <c>sweep</c> and of everything in it.</summary>
internal static class SweepSchemas
{
    public static ObjectSchema Range { get; } =
        new("range")
        {
            { "from", Required(Number), "The first value." },
            { "to", Number, "The last value, if a step lands on it." },
            { "until", Number, "The end of the range, itself excluded." },
            { "step", Number, "From one value to the next, in decimal arithmetic; below zero to go down." },
            { "count", Count, "The number of values, evenly spaced, both ends included." },
            { "scale", Word("log", "linear"), "log: evenly spaced in the logarithm." },
        };

    public static ObjectSchema Percent { get; } =
        new("percent") { { "percent", ParameterValues, "Percentages above or below the base." } };

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
            { "over", Required(MapOf(Reference("distribution"))), "The parameters, each with its distribution." },
            { "scramble", Truth, "Whether sobol or halton points are scrambled by the seed." },
        };

    public static ObjectSchema Choice { get; } =
        new("choice")
        {
            { "values", ListOf(Value), "The values to choose from." },
            { "weights", ListOf(Number), "The weight of each; equal if left out." },
        };

    /// <summary>Every distribution, its numbers in the order in which they may be listed.</summary>
    public static IReadOnlyList<ObjectSchema> Distributions { get; } =
    [
        Numbers("uniform", "from", "to"),
        Numbers("int", "from", "to"),
        Numbers("loguniform", "from", "to"),
        Numbers("normal", "mean", "sd"),
        Numbers("truncnormal", "mean", "sd", "from", "to"),
        Numbers("lognormal", "mu", "sigma"),
        Numbers("triangular", "from", "mode", "to"),
        Numbers("beta", "alpha", "beta", "from", "to"),
        Choice,
    ];

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
            { "runs", ListOf(MapOf(Value)), "Runs written out, each with its parameters and an optional name." },
            { "oat", Mapping(Oat), "One parameter at a time around a base point." },
            { "table", Mapping(Table), "One run per row of a file." },
            { "sample", Mapping(Sample), "Points drawn from distributions." },
            { "concat", ListOf(Reference("sweep")), "Whole sweeps, one after the other." },
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

    private static ObjectSchema Numbers(string name, params string[] numbers)
    {
        var schema = new ObjectSchema(name);
        foreach (var number in numbers)
        {
            schema.Add(number, Number, "");
        }

        return schema;
    }
}
