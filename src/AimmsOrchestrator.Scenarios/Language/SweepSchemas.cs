namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The keys of <c>sweep</c> and of all that is in it.</summary>
internal static class SweepSchemas
{
    public static ObjectSchema Range { get; } =
        new(
            "range",
            new SchemaProperty("from", "The first value.", ValueSchema.Number) { IsRequired = true },
            new SchemaProperty("to", "The last value, if a step lands on it.", ValueSchema.Number),
            new SchemaProperty("until", "Where it stops short: not a value itself.", ValueSchema.Number),
            new SchemaProperty(
                "step",
                "From one value to the next, in decimal arithmetic; below zero to go down.",
                ValueSchema.Number
            ),
            new SchemaProperty("count", "So many values, evenly spaced, both ends among them.", ValueSchema.Count),
            new SchemaProperty("scale", "log: evenly spaced in the logarithm.", ValueSchema.Word("log", "linear"))
        );

    public static ObjectSchema Percent { get; } =
        new(
            "percent",
            new SchemaProperty("percent", "So many percent more or less than the base.", ValueSchema.Values)
        );

    public static ObjectSchema Oat { get; } =
        new(
            "oat",
            new SchemaProperty(
                "base",
                "A value for each parameter: the point that is run first, once.",
                ValueSchema.MapOf(ValueSchema.Value)
            )
            {
                IsRequired = true,
            },
            new SchemaProperty(
                "vary",
                "The values to try for some of them, one parameter at a time, or { percent: [-10, 10] }.",
                ValueSchema.MapOf(ValueSchema.Either(ValueSchema.Values, ValueSchema.Mapping(Percent)))
            )
            {
                IsRequired = true,
            }
        );

    public static ObjectSchema Table { get; } =
        new(
            "table",
            new SchemaProperty(
                "file",
                "A .csv, .xlsx or .jsonl file beside the scenario; each row is a run.",
                ValueSchema.Text
            )
            {
                IsRequired = true,
            },
            new SchemaProperty("sheet", "The sheet of an .xlsx file; the first one if left out.", ValueSchema.Text),
            new SchemaProperty("where", "An expression over the columns that picks rows.", ValueSchema.Expression),
            new SchemaProperty(
                "columns",
                "Other names for some columns; null leaves one out.",
                ValueSchema.MapOf(ValueSchema.Value)
            )
        );

    public static ObjectSchema Sample { get; } =
        new(
            "sample",
            new SchemaProperty(
                "method",
                "How points are drawn: random if left out.",
                ValueSchema.Word("random", "lhs", "sobol", "halton")
            ),
            new SchemaProperty("count", "How many points.", ValueSchema.Count) { IsRequired = true },
            new SchemaProperty(
                "over",
                "The parameters, each with its distribution.",
                ValueSchema.MapOf(ValueSchema.Reference("distribution"))
            )
            {
                IsRequired = true,
            },
            new SchemaProperty(
                "scramble",
                "Whether sobol or halton points are scrambled by the seed.",
                ValueSchema.Truth
            )
        );

    public static ObjectSchema Choice { get; } =
        new(
            "choice",
            new SchemaProperty("values", "What to choose from.", ValueSchema.ListOf(ValueSchema.Value)),
            new SchemaProperty(
                "weights",
                "How likely each is; all alike if left out.",
                ValueSchema.ListOf(ValueSchema.Number)
            )
        );

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
        new(
            "repeat",
            new SchemaProperty("times", "How often each run is made.", ValueSchema.Count) { IsRequired = true },
            new SchemaProperty(
                "as",
                "The parameter that tells the replicate, from 1; replicate if left out.",
                ValueSchema.Text
            )
        );

    public static ObjectSchema Sweep { get; } =
        new(
            "sweep",
            new SchemaProperty(
                "matrix",
                "Every combination of its parameters' values, the last varying fastest; include and exclude as in a GitHub Actions matrix.",
                ValueSchema.MapOf(ValueSchema.Values)
            ),
            new SchemaProperty(
                "zip",
                "Parameters side by side: the first values of all, then the second.",
                ValueSchema.MapOf(ValueSchema.Values)
            ),
            new SchemaProperty(
                "runs",
                "Runs written out, each with its parameters and perhaps a name.",
                ValueSchema.ListOf(ValueSchema.MapOf(ValueSchema.Value))
            ),
            new SchemaProperty("oat", "One parameter at a time round a base point.", ValueSchema.Mapping(Oat)),
            new SchemaProperty("table", "One run a row of a file.", ValueSchema.Mapping(Table)),
            new SchemaProperty("sample", "Points drawn from distributions.", ValueSchema.Mapping(Sample)),
            new SchemaProperty(
                "concat",
                "Whole sweeps, one after the other.",
                ValueSchema.ListOf(ValueSchema.Reference("sweep"))
            ),
            new SchemaProperty(
                "let",
                "Parameters derived from those above: names and expressions.",
                ValueSchema.MapOf(ValueSchema.Expression)
            ),
            new SchemaProperty(
                "when",
                "An expression; runs for which it does not hold are dropped.",
                ValueSchema.Expression
            ),
            new SchemaProperty(
                "require",
                "An expression, or a list of them, that must hold for every run.",
                ValueSchema.Either(ValueSchema.Expression, ValueSchema.ListOf(ValueSchema.Expression))
            ),
            new SchemaProperty("repeat", "Every run so often, as replicates.", ValueSchema.Mapping(Repeat)),
            new SchemaProperty(
                "order",
                "written (if left out), shuffle by the seed, or spread: any first part covers all of the sweep evenly.",
                ValueSchema.Word("written", "shuffle", "spread")
            ),
            new SchemaProperty("limit", "So many runs at most.", ValueSchema.Count)
        );

    private static ObjectSchema Numbers(string name, params string[] numbers) =>
        ObjectSchema.Of(name, numbers, ValueSchema.Number);
}
