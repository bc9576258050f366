using AimmsOrchestrator.Reports.Charts;
using ScottPlot;
using SkiaSharp;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>
/// The charts of a report as figures for slides, with their notes below: each as a PNG of 1600 by 900 pixels and as an SVG.
/// </summary>
public static class ChartPlots
{
    private const int Width = 800;
    private const int Height = 450;
    private const int PixelsPerUnit = 2;

    /// <summary>Writes <c>ID.png</c> and <c>ID.svg</c> for each chart into a folder, which is created if it is missing.</summary>
    /// <returns>How many charts were drawn.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static int Write(DirectoryInfo folder, IReadOnlyList<Chart> charts)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(charts);
        folder.Create();
        foreach (var chart in charts)
        {
            using var png = File.Create(Path.Combine(folder.FullName, $"{chart.Id}.png"));
            WritePng(png, chart);
            using var svg = File.Create(Path.Combine(folder.FullName, $"{chart.Id}.svg"));
            WriteSvg(svg, chart);
        }

        return charts.Count;
    }

    /// <summary>Writes one chart as PNG; the stream stays open.</summary>
    public static void WritePng(Stream output, Chart chart)
    {
        var size = new SKImageInfo(Width * PixelsPerUnit, Height * PixelsPerUnit);
        using var surface = SKSurface.Create(size);
        surface.Canvas.Scale(PixelsPerUnit);
        Draw(surface.Canvas, chart);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(output);
    }

    /// <summary>Writes one chart as SVG; the stream stays open.</summary>
    public static void WriteSvg(Stream output, Chart chart)
    {
        using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), output);
        Draw(canvas, chart);
    }

    private static void Draw(SKCanvas canvas, Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        canvas.Clear(SKColors.White);
        var note = NoteLines.Of(chart.Note, Width);
        var height = Height - NoteLines.HeightOf(note);
        foreach (var (plot, area) in Drawing.Of(chart))
        {
            // The library clears the whole canvas before each plot, unless it is clipped.
            var rectangle = new PixelRect(
                (float)(area.X * Width),
                (float)((area.X + area.Width) * Width),
                (float)((area.Y + area.Height) * height),
                (float)(area.Y * height)
            );
            canvas.Save();
            canvas.ClipRect(new SKRect(rectangle.Left, rectangle.Top, rectangle.Right, rectangle.Bottom));
            plot.Render(canvas, rectangle);
            canvas.Restore();
            plot.Dispose();
        }

        NoteLines.Draw(canvas, note, height);
    }
}
