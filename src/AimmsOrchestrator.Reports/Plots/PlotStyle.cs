using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>The style of all plots: the page's palette, one font, axes as the charts describe them.</summary>
internal static partial class PlotStyle
{
    private const int LongestLabel = 26;
    private const int LongestTitle = 80;
    private const int MostTicks = 24;

    /// <summary>Characters that fit side by side below a plot.</summary>
    private const int CharactersAcross = 80;

    /// <summary>The height of one character of a rotated label, and of the axis name below.</summary>
    private const int PixelsOfCharacter = 5;

    private const int PixelsOfName = 30;

    /// <summary>Okabe and Ito's colours, distinguishable with any colour vision ("Color Universal Design", 2008).</summary>
    public static IReadOnlyList<Color> Palette { get; } =
    [
        Color.FromHex("#0072b2"),
        Color.FromHex("#d55e00"),
        Color.FromHex("#009e73"),
        Color.FromHex("#cc79a7"),
        Color.FromHex("#b58900"),
        Color.FromHex("#56b4e9"),
        Color.FromHex("#6b4c9a"),
        Color.FromHex("#4d4d4d"),
    ];

    public static Color Waiting { get; } = Color.FromHex("#a9b3be");

    public static Color Bad { get; } = Color.FromHex("#b3261e");

    public static Color Ink { get; } = Color.FromHex("#1b2430");

    public static Color Series(int i) => Palette[i % Palette.Count];

    /// <summary>An empty plot with a title.</summary>
    public static Plot Empty(string title)
    {
        PlotFont.Register();
        var plot = new Plot();
        plot.Font.Set(PlotFont.Name);
        plot.Title(Cut(title, LongestTitle), size: 15);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Color.FromHex("#e3e8ee");
        return plot;
    }

    /// <summary>An empty plot with a title and two axes.</summary>
    public static Plot Empty(string title, Charts.Axis x, Charts.Axis y)
    {
        var plot = Empty(title);
        Describe(plot.Axes.Bottom, x);
        Describe(plot.Axes.Left, y);
        return plot;
    }

    /// <summary>Adds a filled rectangle round a height, unless it has no width.</summary>
    public static void Bar(Plot plot, double from, double to, double y, double halfHeight, Color color)
    {
        if (to > from)
        {
            var rectangle = plot.Add.Rectangle(from, to, y - halfHeight, y + halfHeight);
            rectangle.FillColor = color;
            rectangle.LineWidth = 0;
        }
    }

    /// <summary>Adds a small text at a point.</summary>
    public static ScottPlot.Plottables.Text Label(Plot plot, string text, double x, double y, Alignment alignment)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelAlignment = alignment;
        label.LabelFontSize = 11;
        return label;
    }

    /// <summary>A value's position on an axis: its logarithm on a logarithmic axis.</summary>
    public static double At(Charts.Axis axis, double value) => axis.Scale == AxisScale.Log ? Math.Log10(value) : value;

    /// <summary>Names an axis and sets its ticks: categories by name, logarithms by their argument.</summary>
    public static void Describe(IAxis axis, Charts.Axis description)
    {
        axis.Label.Text = Cut(description.Name, LongestTitle);
        axis.Label.Bold = false;
        axis.Label.FontSize = 13;
        if (axis is IXAxis && description.Categories is { } names && Leaning(names) is > 0 and var longest)
        {
            axis.TickLabelStyle.Rotation = -50;
            axis.TickLabelStyle.Alignment = Alignment.MiddleRight;
            axis.MinimumSize = (longest * PixelsOfCharacter) + PixelsOfName;
            axis.TickGenerator = Categories(names, int.MaxValue);
            return;
        }

        axis.TickGenerator = description switch
        {
            { Scale: AxisScale.Category, Categories: { } categories } => Categories(
                categories,
                axis is IXAxis ? CharactersAcross : int.MaxValue
            ),
            { Scale: AxisScale.Log } => new NumericAutomatic { LabelFormatter = log => Number(Math.Pow(10, log)) },
            { IsWhole: true } => new NumericAutomatic { LabelFormatter = Number, IntegerTicksOnly = true },
            _ => new NumericAutomatic { LabelFormatter = Number },
        };
    }

    /// <summary>The length of the longest category if they are too long to stand side by side and must be rotated; otherwise 0.</summary>
    private static int Leaning(IReadOnlyList<string> categories)
    {
        var longest = categories.Select(name => Cut(name, LongestLabel).Length).DefaultIfEmpty(0).Max();
        return categories.Count <= MostTicks && (longest + 2) * categories.Count > CharactersAcross ? longest : 0;
    }

    /// <summary>One tick per category, or per several categories if there are too many to read.</summary>
    /// <param name="categories">Their names.</param>
    /// <param name="room">How many characters fit side by side.</param>
    public static NumericManual Categories(IReadOnlyList<string> categories, int room = CharactersAcross)
    {
        var ticks = new NumericManual();
        var longest = categories.Select(name => Cut(name, LongestLabel).Length).DefaultIfEmpty(1).Max();
        var most = Math.Clamp(room / (longest + 2), 2, MostTicks);
        var step = ((categories.Count - 1) / most) + 1;
        for (var i = 0; i < categories.Count; i += step)
        {
            ticks.AddMajor(i, Cut(categories[i], LongestLabel));
        }

        return ticks;
    }

    /// <summary>A number to six significant digits.</summary>
    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A text on one line, its long numbers to six digits, cut if it is long.</summary>
    public static string Cut(string text, int most)
    {
        var line = LongNumber()
            .Replace(text.ReplaceLineEndings(" "), m => Number(double.Parse(m.Value, CultureInfo.InvariantCulture)));
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }

    [GeneratedRegex(
        @"(?<![0-9])[0-9]+\.[0-9]{6,}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex LongNumber();
}
