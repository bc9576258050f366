using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>
/// One picture of a report, free of any drawing library: the page draws it interactively and the plots as PNG and SVG.
/// Numbers are finite; what is missing is left out, or null where a place must stay empty.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LineChart), "lines")]
[JsonDerivedType(typeof(HeatMap), "heatmap")]
[JsonDerivedType(typeof(ScatterChart), "scatter")]
[JsonDerivedType(typeof(ParallelCoordinates), "parallel")]
[JsonDerivedType(typeof(TornadoChart), "tornado")]
[JsonDerivedType(typeof(BarChart), "bars")]
[JsonDerivedType(typeof(Histogram), "histogram")]
[JsonDerivedType(typeof(TimelineChart), "timeline")]
[JsonDerivedType(typeof(Panels), "panels")]
public abstract record Chart
{
    /// <summary>A short name of letters, digits and dashes, unique in the report: an anchor and a file name.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it, or what it leaves out; null where there is nothing to say.</summary>
    public string? Note { get; init; }
}

/// <summary>How an axis spaces its values.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AxisScale>))]
internal enum AxisScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly in the logarithm; every value is above zero.</summary>
    Log,

    /// <summary>One place a category; values are indexes into <see cref="Axis.Categories"/>.</summary>
    Category,
}

/// <summary>An axis.</summary>
/// <param name="Name">The parameter or result on it, with its unit where it has one.</param>
/// <param name="Scale">How it spaces its values.</param>
/// <param name="Categories">The names of its places; null unless the scale is by category.</param>
internal sealed record Axis(string Name, AxisScale Scale = AxisScale.Linear, IReadOnlyList<string>? Categories = null);

/// <summary>A point of a chart.</summary>
/// <param name="X">Where on the X axis.</param>
/// <param name="Y">Where on the Y axis.</param>
/// <param name="Run">The index of the run that it stands for; null where it stands for several.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChartPoint(double X, double Y, long? Run = null);

/// <summary>Points that belong together.</summary>
/// <param name="Name">What they have in common, such as <c>growth=1.1</c>; empty where the chart has one series only.</param>
/// <param name="Points">In the order of X for lines.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A result against one parameter, a line for each value of another.</summary>
internal sealed record LineChart : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }
}

/// <summary>A figure over two parameters, both by category.</summary>
internal sealed record HeatMap : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>What the colour shows.</summary>
    public required string Value { get; init; }

    /// <summary>By row (Y), then column (X); null where no run is.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Cells { get; init; }

    /// <summary>Whether the figure is the share of runs that failed, from 0 (none) to 1 (all).</summary>
    public bool IsFailureShare { get; init; }
}

/// <summary>A result against a parameter, a point a run.</summary>
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

    /// <summary>A row a run, a value an axis.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Rows { get; init; }

    /// <summary>The index of each row's run.</summary>
    public required IReadOnlyList<long> Runs { get; init; }
}

/// <summary>How far each parameter alone moves a result from its base value, the widest first.</summary>
internal sealed record TornadoChart : Chart
{
    /// <summary>The result.</summary>
    public required string Value { get; init; }

    /// <summary>The result of the base run.</summary>
    public required double Base { get; init; }

    public required IReadOnlyList<TornadoBar> Bars { get; init; }
}

/// <summary>The span of a result while one parameter moves.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Low">The least result.</param>
/// <param name="High">The greatest result.</param>
/// <param name="LowAt">The parameter's value at the least result, as written.</param>
/// <param name="HighAt">The parameter's value at the greatest result, as written.</param>
internal sealed record TornadoBar(string Parameter, double Low, double High, string LowAt, string HighAt);

/// <summary>A figure for each of several names, such as a sensitivity for each parameter.</summary>
internal sealed record BarChart : Chart
{
    /// <summary>What the bars' length shows.</summary>
    public required string Value { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }
}

/// <summary>A bar.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">Its length.</param>
/// <param name="Error">Half the width of its interval of confidence; null where none is known.</param>
internal sealed record Bar(string Name, double Value, double? Error = null);

/// <summary>How often a result fell into which interval.</summary>
internal sealed record Histogram : Chart
{
    public required Axis X { get; init; }

    /// <summary>The bounds of the bins, one more than <see cref="Counts"/>; each bin includes its lower bound, the last also its upper.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Values worth a mark, such as the mean, by name.</summary>
    public IReadOnlyList<Bar> Marks { get; init; } = [];
}

/// <summary>When which task waited and ran, and how many were at the service.</summary>
internal sealed record TimelineChart : Chart
{
    /// <summary>When second 0 was.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The tasks by their start; a sample of them where there are too many.</summary>
    public required IReadOnlyList<TimelineSpan> Spans { get; init; }

    /// <summary>Unfinished tasks at the service over time: X in seconds since <see cref="Start"/>, each count until the next point.</summary>
    public required IReadOnlyList<ChartPoint> Concurrency { get; init; }
}

/// <summary>One task on the timeline; times in seconds since its start.</summary>
/// <param name="Run">The run's index.</param>
/// <param name="Name">The run's name.</param>
/// <param name="Lane">On which line it is drawn, from 0: spans of one lane do not overlap.</param>
/// <param name="Submitted">When it was submitted.</param>
/// <param name="Running">When it began to run; its end where it never did.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="State">What became of the run, as reports have it.</param>
internal sealed record TimelineSpan(
    long Run,
    string Name,
    int Lane,
    double Submitted,
    double Running,
    double Ended,
    string State
);

/// <summary>Several small charts of one kind and with one scale, side by side.</summary>
internal sealed record Panels : Chart
{
    public required IReadOnlyList<Chart> Charts { get; init; }
}
