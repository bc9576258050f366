namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The keys of <c>sweep</c> and of all that is in it.</summary>
internal static class SweepShapes
{
    public static Shape Range { get; } =
        new(
            "range",
            new Key("from", "The first value.", Form.Number) { IsRequired = true },
            new Key("to", "The last value, if a step lands on it.", Form.Number),
            new Key("until", "Where it stops short: not a value itself.", Form.Number),
            new Key("step", "From one value to the next, in decimal arithmetic; below zero to go down.", Form.Number),
            new Key("count", "So many values, evenly spaced, both ends among them.", Form.Count),
            new Key("scale", "log: evenly spaced in the logarithm.", Form.Word("log", "linear"))
        );

    public static Shape Percent { get; } =
        new("percent", new Key("percent", "So many percent more or less than the base.", Form.Values));

    public static Shape Oat { get; } =
        new(
            "oat",
            new Key("base", "A value for each parameter: the point that is run first, once.", Form.MapOf(Form.Value))
            {
                IsRequired = true,
            },
            new Key(
                "vary",
                "The values to try for some of them, one parameter at a time, or { percent: [-10, 10] }.",
                Form.MapOf(Form.Either(Form.Values, Form.Mapping(Percent)))
            )
            {
                IsRequired = true,
            }
        );

    public static Shape Table { get; } =
        new(
            "table",
            new Key("file", "A .csv, .xlsx or .jsonl file beside the scenario; each row is a run.", Form.Text)
            {
                IsRequired = true,
            },
            new Key("sheet", "The sheet of an .xlsx file; the first one if left out.", Form.Text),
            new Key("where", "An expression over the columns that picks rows.", Form.Expression),
            new Key("columns", "Other names for some columns; null leaves one out.", Form.MapOf(Form.Value))
        );

    public static Shape Sample { get; } =
        new(
            "sample",
            new Key(
                "method",
                "How points are drawn: random if left out.",
                Form.Word("random", "lhs", "sobol", "halton")
            ),
            new Key("count", "How many points.", Form.Count) { IsRequired = true },
            new Key("over", "The parameters, each with its distribution.", Form.MapOf(Form.Reference("distribution")))
            {
                IsRequired = true,
            },
            new Key("scramble", "Whether sobol or halton points are scrambled by the seed.", Form.Truth)
        );

    public static Shape Choice { get; } =
        new(
            "choice",
            new Key("values", "What to choose from.", Form.ListOf(Form.Value)),
            new Key("weights", "How likely each is; all alike if left out.", Form.ListOf(Form.Number))
        );

    /// <summary>Every distribution, its numbers in the order in which they may be listed.</summary>
    public static IReadOnlyList<Shape> Distributions { get; } =
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

    public static Shape Repeat { get; } =
        new(
            "repeat",
            new Key("times", "How often each run is made.", Form.Count) { IsRequired = true },
            new Key("as", "The parameter that tells the replicate, from 1; replicate if left out.", Form.Text)
        );

    public static Shape Sweep { get; } =
        new(
            "sweep",
            new Key(
                "matrix",
                "Every combination of its parameters' values, the last varying fastest; include and exclude as in a GitHub Actions matrix.",
                Form.MapOf(Form.Values)
            ),
            new Key(
                "zip",
                "Parameters side by side: the first values of all, then the second.",
                Form.MapOf(Form.Values)
            ),
            new Key(
                "runs",
                "Runs written out, each with its parameters and perhaps a name.",
                Form.ListOf(Form.MapOf(Form.Value))
            ),
            new Key("oat", "One parameter at a time round a base point.", Form.Mapping(Oat)),
            new Key("table", "One run a row of a file.", Form.Mapping(Table)),
            new Key("sample", "Points drawn from distributions.", Form.Mapping(Sample)),
            new Key("concat", "Whole sweeps, one after the other.", Form.ListOf(Form.Reference("sweep"))),
            new Key("let", "Parameters derived from those above: names and expressions.", Form.MapOf(Form.Expression)),
            new Key("when", "An expression; runs for which it does not hold are dropped.", Form.Expression),
            new Key(
                "require",
                "An expression, or a list of them, that must hold for every run.",
                Form.Either(Form.Expression, Form.ListOf(Form.Expression))
            ),
            new Key("repeat", "Every run so often, as replicates.", Form.Mapping(Repeat)),
            new Key(
                "order",
                "written (if left out), shuffle by the seed, or spread: any first part covers all of the sweep evenly.",
                Form.Word("written", "shuffle", "spread")
            ),
            new Key("limit", "So many runs at most.", Form.Count)
        );

    private static Shape Numbers(string name, params string[] numbers) => Shape.Of(name, numbers, Form.Number);
}
