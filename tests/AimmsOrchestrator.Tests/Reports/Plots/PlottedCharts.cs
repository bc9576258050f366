using AimmsOrchestrator.Reports.Charts;

namespace AimmsOrchestrator.Tests.Reports.Plots;

/// <summary>One chart of every kind, with one text in every place for a text.</summary>
internal sealed class PlottedCharts(string text)
{
    private readonly Axis _x = new(text);
    private readonly Axis _y = new(text, AxisScale.Log);
    private readonly Axis _names = new(text, AxisScale.Category, [text, "b", "c"]);

    public IReadOnlyDictionary<string, Chart> ById =>
        new[] { Lines, Scatter, Panels, Parallel, Tornado, Bars, Histogram, Counts, Words, Timeline }
            .Append(
                Map(
                    "heatmap",
                    _names,
                    [
                        [0, 0.5, null],
                        [1, null, 0.2],
                        [null, null, null],
                    ]
                ) with
                {
                    Missing = [new MissingCell(2, 0, text), new MissingCell(1, 1, "failed")],
                }
            )
            .Append(
                Map(
                    "failures",
                    _names,
                    [
                        [0, 0.5, null],
                        [1, null, 0.2],
                    ]
                ) with
                {
                    IsFailureShare = true,
                }
            )
            .ToDictionary(chart => chart.Id, chart => chart with { Title = text }, StringComparer.Ordinal);

    private ChartSeries[] Series => [new(text, [new(1, 10), new(2, 100)]), new("b", [new(1, 20), new(2, 30)])];

    private Chart Lines => Line(Series) with { X = _x, Y = _y };

    private Chart Scatter =>
        new ScatterChart
        {
            Id = "scatter",
            Title = text,
            X = _x,
            Y = _y,
            Series = Series,
        };

    private Chart Counts =>
        new CountChart
        {
            Id = "counts",
            Title = text,
            X = _names,
            Series = [new CountSeries(text, [1, 0, 3]), new CountSeries("b", [2, 5, 0])],
        };

    private Chart Words =>
        new WordMap
        {
            Id = "wordmap",
            Title = text,
            X = _names,
            Y = _names,
            Words = [text, "b"],
            Cells =
            [
                [0, 1, null],
                [1, 1, 0],
                [null, null, null],
            ],
            Missing = [new MissingCell(2, 0, text)],
        };

    private Chart Panels =>
        new Panels
        {
            Id = "panels",
            Title = text,
            Charts = [Lines, Lines, Lines],
        };

    private Chart Parallel =>
        new ParallelCoordinates
        {
            Id = "parallel",
            Title = text,
            Axes = [_x, _names, _y],
            Rows =
            [
                [1, 0, 10],
                [2, 2, 1000],
            ],
            Runs = [0, 1],
        };

    private Chart Tornado =>
        new TornadoChart
        {
            Id = "tornado",
            Title = text,
            Value = text,
            Base = 5,
            Bars = [new(text, 1, 9, text, "9"), new("b", 4, 5, "1", "2")],
        };

    private Chart Bars =>
        new BarChart
        {
            Id = "bars",
            Title = text,
            Value = text,
            Bars = [new(text, 0.8, 0.1), new("b", -0.2)],
        };

    private Chart Histogram =>
        new Histogram
        {
            Id = "histogram",
            Title = text,
            X = _x,
            Edges = [0, 1, 2],
            Counts = [3, 4],
            Marks = [new(text, 1.2)],
        };

    private Chart Timeline =>
        new TimelineChart
        {
            Id = "timeline",
            Title = text,
            Start = DateTimeOffset.UnixEpoch,
            Spans = [new(0, text, 0, 0, 1, 3, "completed"), new(1, "b", 1, 1, 1, 2, "failed")],
            Concurrency = [new(0, 1), new(1, 2), new(3, 0)],
        };

    public static LineChart Line(params ChartSeries[] series) =>
        new()
        {
            Id = "lines",
            Title = "lines",
            X = new Axis("x"),
            Y = new Axis("y"),
            Series = series,
        };

    public static HeatMap Map(string id, Axis axis, double?[][] cells) =>
        new()
        {
            Id = id,
            Title = id,
            X = axis,
            Y = axis,
            Value = axis.Name,
            Cells = cells,
        };
}
