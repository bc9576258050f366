using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>
/// One chart of a report, independent of any drawing library: the page draws it interactively, the plots as PNG and SVG.
/// Numbers are finite; missing values are left out, or null where a cell must stay empty.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LineChart), "lines")]
[JsonDerivedType(typeof(HeatMap), "heatmap")]
[JsonDerivedType(typeof(WordMap), "wordmap")]
[JsonDerivedType(typeof(ScatterChart), "scatter")]
[JsonDerivedType(typeof(ParallelCoordinates), "parallel")]
[JsonDerivedType(typeof(TornadoChart), "tornado")]
[JsonDerivedType(typeof(BarChart), "bars")]
[JsonDerivedType(typeof(Histogram), "histogram")]
[JsonDerivedType(typeof(CountChart), "counts")]
[JsonDerivedType(typeof(TimelineChart), "timeline")]
[JsonDerivedType(typeof(Panels), "panels")]
public abstract record Chart
{
    /// <summary>A short name of letters, digits and dashes, unique in the report; used as an anchor and a file name.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it, or what it leaves out; null for no note.</summary>
    public string? Note { get; init; }

    /// <summary>How its numbers were computed, for those who ask; null where that is plain.</summary>
    public string? Method { get; init; }

    /// <summary>The run that its values are compared with; null for none.</summary>
    public BaseRun? BaseRun { get; init; }

    /// <summary>The result that it shows, or the share of failed runs; null where it shows neither.</summary>
    public string? Subject { get; init; }
}

/// <summary>How an axis spaces its values.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AxisScale>))]
internal enum AxisScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly in the logarithm; every value is positive.</summary>
    Log,

    /// <summary>One position per category; values are indexes into <see cref="Axis.Categories"/>.</summary>
    Category,
}

/// <summary>An axis.</summary>
/// <param name="Name">The parameter or result on it, with its unit if it has one.</param>
/// <param name="Scale">How it spaces its values.</param>
/// <param name="Categories">The names of its categories; null unless the scale is by category.</param>
/// <param name="IsWhole">Whether all its values are whole numbers: then its ticks are too.</param>
/// <param name="Values">Its values if they are so few that each can have a tick; null otherwise.</param>
/// <param name="Ranges">The least and the greatest value of each category that is a range of numbers; null where none is.</param>
internal sealed record Axis(
    string Name,
    AxisScale Scale = AxisScale.Linear,
    IReadOnlyList<string>? Categories = null,
    bool IsWhole = false,
    IReadOnlyList<double>? Values = null,
    IReadOnlyList<IReadOnlyList<double>>? Ranges = null
);

/// <summary>A point of a chart.</summary>
/// <param name="X">Position on the X axis.</param>
/// <param name="Y">Position on the Y axis.</param>
/// <param name="Run">The index of the run that it represents; null if it represents several.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChartPoint(double X, double Y, long? Run = null);

/// <summary>Points that belong together.</summary>
/// <param name="Name">What they have in common, such as <c>growth=1.1</c>; empty if the chart has only one series.</param>
/// <param name="Points">In the order of X for lines.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A result against one parameter, with one line per value of another.</summary>
internal sealed record LineChart : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }
}

/// <summary>A result over two parameters, both by category.</summary>
internal sealed record HeatMap : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>The result that the colour shows.</summary>
    public required string Value { get; init; }

    /// <summary>By row (Y), then column (X); null for a cell without runs.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Cells { get; init; }

    /// <summary>The cells whose runs have no value, and why.</summary>
    public IReadOnlyList<MissingCell> Missing { get; init; } = [];

    /// <summary>The cell that has the base run; null where none has, or there is no base run.</summary>
    public MapCell? BaseCell { get; init; }

    /// <summary>Whether the cells are shares of failed runs, from 0 (none) to 1 (all).</summary>
    public bool IsFailureShare { get; init; }
}

/// <summary>A cell of a map.</summary>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
internal sealed record MapCell(int X, int Y);

/// <summary>A cell of a map whose runs came to no value.</summary>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
/// <param name="Why">What its runs came to, such as <c>failed</c> or <c>infeasible</c>.</param>
internal sealed record MissingCell(int X, int Y, string Why);

/// <summary>A result against a parameter, with one point per run.</summary>
internal sealed record ScatterChart : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }
}

/// <summary>Runs as lines across several axes, coloured by the last.</summary>
internal sealed record ParallelCoordinates : Chart
{
    public required IReadOnlyList<Axis> Axes { get; init; }

    /// <summary>One row per run, one value per axis.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Rows { get; init; }

    /// <summary>The index of each row's run.</summary>
    public required IReadOnlyList<long> Runs { get; init; }

    /// <summary>The base run's value on each axis; null where there is no base run, or it lacks one.</summary>
    public IReadOnlyList<double>? BaseRow { get; init; }
}

/// <summary>How far each parameter alone moves a result from its base value, the widest first.</summary>
internal sealed record TornadoChart : Chart
{
    /// <summary>The result.</summary>
    public required string Value { get; init; }

    /// <summary>The result of the base run.</summary>
    public required double Base { get; init; }

    /// <summary>Whether all results are whole numbers: then the axis has whole ticks.</summary>
    public bool IsWhole { get; init; }

    public required IReadOnlyList<TornadoBar> Bars { get; init; }
}

/// <summary>The range of a result while one parameter moves.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Low">The least result.</param>
/// <param name="High">The greatest result.</param>
/// <param name="LowAt">The parameter's value at the least result, as written.</param>
/// <param name="HighAt">The parameter's value at the greatest result, as written.</param>
internal sealed record TornadoBar(string Parameter, double Low, double High, string LowAt, string HighAt);

/// <summary>One value per name, such as the sensitivity to each parameter.</summary>
internal sealed record BarChart : Chart
{
    /// <summary>What the bars' length shows.</summary>
    public required string Value { get; init; }

    /// <summary>Whether the lengths are shares, from 0 to 1, to be read as per cent.</summary>
    public bool IsShare { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }
}

/// <summary>A bar.</summary>
/// <param name="Name">What it represents.</param>
/// <param name="Value">Its length.</param>
/// <param name="Error">Half the width of its confidence interval; null if unknown.</param>
internal sealed record Bar(string Name, double Value, double? Error = null);

/// <summary>How often a result fell into each interval.</summary>
internal sealed record Histogram : Chart
{
    public required Axis X { get; init; }

    /// <summary>The bounds of the bins, one more than <see cref="Counts"/>; each bin includes its lower bound, the last also its upper.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>The quantiles at 0, 1, … 100 %, for the cumulative curve; empty for none.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Marked values, such as the mean, by name.</summary>
    public IReadOnlyList<Bar> Marks { get; init; } = [];
}

/// <summary>When each task waited and ran, and how many were at the service.</summary>
internal sealed record TimelineChart : Chart
{
    /// <summary>When second 0 was.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The tasks by their start, or a sample of them if there are too many.</summary>
    public required IReadOnlyList<TimelineSpan> Spans { get; init; }

    /// <summary>Unfinished tasks at the service over time: X in seconds since <see cref="Start"/>, each count until the next point.</summary>
    public required IReadOnlyList<ChartPoint> Concurrency { get; init; }
}

/// <summary>One task on the timeline; times in seconds since its start.</summary>
/// <param name="Run">The run's index.</param>
/// <param name="Name">The run's name.</param>
/// <param name="Lane">The line that it is drawn on, from 0: spans of one lane do not overlap.</param>
/// <param name="Submitted">When it was submitted.</param>
/// <param name="Running">When it began to run; its end if it never did.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="State">The run's state, in the word that reports use.</param>
internal sealed record TimelineSpan(
    long Run,
    string Name,
    int Lane,
    double Submitted,
    double Running,
    double Ended,
    string State
);

/// <summary>Several small charts of one kind and one scale, side by side.</summary>
internal sealed record Panels : Chart
{
    public required IReadOnlyList<Chart> Charts { get; init; }
}
