using System.Buffers.Binary;
using System.Xml.Linq;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Plots;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Plots;

/// <summary>Figures of charts with any contents.</summary>
public sealed class PlotTests
{
    private static readonly string[] Texts = ["a", "", "<script>&\"'", "漢字 שלום 😀", new('x', 500), "line\nend"];

    public static TheoryData<string> Kinds => [.. Charts("t").Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_chart_of_any_kind_is_a_picture_of_the_size_of_a_slide(string kind)
    {
        var png = Png(Charts("a title")[kind]);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(1600, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(900, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        Assert.Equal(png, Png(Charts("a title")[kind]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_svg_is_xml_and_has_the_title_as_text(string kind)
    {
        Assert.Contains("<b>&", SvgTexts(Charts("<b>&")[kind]));
    }

    [Theory]
    [InlineData("timeline", "waited", "ran", "failed")]
    [InlineData("tornado", "below 5", "above 5")]
    [InlineData("parallel", "100", "1000")]
    [InlineData("heatmap", "hatched: v, failed")]
    [InlineData("failures", "share that failed")]
    [InlineData("counts", "v", "b")]
    [InlineData("wordmap", "v", "b", "hatched: v")]
    [InlineData("lines", "v", "b")]
    [InlineData("panels", "v", "b")]
    public void Wherever_there_is_colour_a_legend_or_a_scale_says_what_it_means(string kind, params string[] words)
    {
        var texts = SvgTexts(Charts("v")[kind]);

        Assert.All(words, word => Assert.Contains(word, texts));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("scatter")]
    [InlineData("histogram")]
    [InlineData("bars")]
    [InlineData("panels")]
    [InlineData("tornado")]
    public void The_base_run_is_a_line_with_its_name_in_the_legend(string kind)
    {
        var plain = Charts("v")[kind];
        Assert.DoesNotContain("base run", SvgTexts(plain));

        Assert.Contains("base run", SvgTexts(plain with { BaseRun = new BaseRun(0, "run 0", 1) }));
    }

    [Fact]
    public void The_base_run_is_one_of_the_lines_across_the_axes()
    {
        var parallel = (ParallelCoordinates)Charts("v")["parallel"];

        Assert.Contains("base run", SvgTexts(parallel with { BaseRow = parallel.Rows[0] }));
    }

    [Fact]
    public void The_base_runs_cell_of_a_map_is_framed()
    {
        var map = (HeatMap)Charts("v")["heatmap"];

        Assert.Contains("framed: base run", SvgTexts(map with { BaseCell = new MapCell(1, 0) }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_page_says_of_a_chart_stands_below_its_picture(string kind)
    {
        const string Note = "3 of 5 runs are drawn.";
        var plain = Charts("v")[kind];
        Assert.DoesNotContain(Note, SvgTexts(plain));

        Assert.Contains(Note, SvgTexts(plain with { Note = Note }));
    }

    [Fact]
    public void A_long_note_has_three_lines_and_says_that_it_is_cut()
    {
        var note = string.Join(' ', Enumerable.Repeat("parameter", 100));

        var lines = SvgTexts(Charts("v")["bars"] with { Note = note })
            .FindAll(text => text.StartsWith("parameter p", StringComparison.Ordinal));

        Assert.Equal(3, lines.Count);
        Assert.EndsWith("parameter …", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_run_that_the_page_draws_across_the_axes_is_a_line_of_the_picture_too()
    {
        var parallel = (ParallelCoordinates)Charts("v")["parallel"];
        var (some, all) = (Elements(650), Elements(1300));

        // The scale's ticks may be some fewer.
        Assert.InRange(all - some, 600, int.MaxValue);

        int Elements(int runs)
        {
            using var svg = new MemoryStream();
            ChartPlots.WriteSvg(
                svg,
                parallel with
                {
                    Rows = [.. Enumerable.Range(0, runs).Select(i => (double[])[i % 7, i % 3, 10 + i])],
                }
            );
            svg.Position = 0;
            return XDocument.Load(svg).Descendants().Count();
        }
    }

    [Fact]
    public void A_share_of_failures_is_none_or_all_only_where_that_is_so()
    {
        double?[][] cells =
        [
            [0, 0.0004, 0.25],
            [1, 0.9996, 0.9994],
        ];
        var map = (HeatMap)Charts("v")["failures"] with { Cells = cells };

        var texts = SvgTexts(map).FindAll(text => text.EndsWith('%')).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["0 %", "100 %", "25 %", "99.9 %", "over 99.9 %", "under 0.1 %"], texts);
    }

    [Fact]
    public void A_timeline_of_tasks_too_short_to_see_is_not_empty()
    {
        var timeline = (TimelineChart)Charts("v")["timeline"] with
        {
            Spans = [new(0, "a", 0, 0, 0, 0.001, "completed"), new(1, "b", 0, 3600, 3600, 3600, "completed")],
        };
        using var svg = new MemoryStream();
        ChartPlots.WriteSvg(svg, timeline);
        svg.Position = 0;

        var bars = XDocument
            .Load(svg)
            .Descendants()
            .Where(e => Fill(e).Contains("0072B2", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(e => ((string?)e.Attribute("x"), (string?)e.Attribute("y")))
            .ToList();

        // One is the legend's.
        Assert.Equal(3, bars.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_chart_is_drawn_with_any_text(string kind)
    {
        foreach (var text in Texts)
        {
            Assert.NotEmpty(Png(Charts(text)[kind]));
        }
    }

    [Fact]
    public void No_point_one_point_and_extreme_points_are_drawn()
    {
        ChartPoint[][] all =
        [
            [],
            [new(1, 1)],
            [new(0, 5), new(1, 5)],
            [new(1e-9, -1e12), new(1e9, 1e12)],
        ];
        foreach (var points in all)
        {
            Assert.NotEmpty(Png(PlottedCharts.Line(new ChartSeries("", points))));
        }
    }

    [Fact]
    public void Empty_charts_are_drawn()
    {
        Assert.NotEmpty(Png(PlottedCharts.Line()));
        Assert.NotEmpty(
            Png(
                new BarChart
                {
                    Id = "b",
                    Title = "b",
                    Value = "v",
                    Bars = [],
                }
            )
        );
        Assert.NotEmpty(
            Png(
                new TornadoChart
                {
                    Id = "t",
                    Title = "t",
                    Value = "v",
                    Base = 1,
                    Bars = [],
                }
            )
        );
        Assert.NotEmpty(
            Png(
                new Panels
                {
                    Id = "p",
                    Title = "p",
                    Charts = [],
                }
            )
        );
        Assert.NotEmpty(Png(PlottedCharts.Map("m", new Axis("x", AxisScale.Category, []), [])));
    }

    [Fact]
    public void A_folder_gets_a_png_and_an_svg_of_each_chart()
    {
        var folder = Directory.CreateTempSubdirectory("aimms-batch-plots-");
        try
        {
            var target = new DirectoryInfo(Path.Combine(folder.FullName, "deep", "er"));
            Assert.Equal(2, ChartPlots.Write(target, [Charts("t")["lines"], Charts("t")["bars"]]));
            Assert.Equal(
                ["bars.png", "bars.svg", "lines.png", "lines.svg"],
                target.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Fill(XElement element) => (string?)element.Attribute("fill") ?? "";

    private static List<string> SvgTexts(Chart chart)
    {
        using var svg = new MemoryStream();
        ChartPlots.WriteSvg(svg, chart);
        svg.Position = 0;
        return
        [
            .. XDocument.Load(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim()),
        ];
    }

    private static byte[] Png(Chart chart)
    {
        using var png = new MemoryStream();
        ChartPlots.WritePng(png, chart);
        return png.ToArray();
    }

    private static IReadOnlyDictionary<string, Chart> Charts(string text) => new PlottedCharts(text).ById;
}
