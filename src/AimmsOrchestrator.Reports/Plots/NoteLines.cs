using SkiaSharp;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>A chart's note in small lines below its figure: how to read it, and what it leaves out.</summary>
internal static class NoteLines
{
    private const float FontSize = 11;
    private const float LineHeight = 15;
    private const float Margin = 12;
    private const int MostLines = 3;
    private const int LongestWord = 60;

    /// <summary>The lines of a note, broken between words; of a very long one the beginning.</summary>
    /// <param name="note">The note; null for none.</param>
    /// <param name="width">The width of the figure.</param>
    public static IReadOnlyList<string> Of(string? note, float width)
    {
        var lines = new List<string>();
        using var font = Font();
        var words = PlotStyle.Cut(note ?? "", int.MaxValue).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Select(text => PlotStyle.Cut(text, LongestWord)))
        {
            // One margin on either side, and one for the ellipsis.
            if (lines.Count > 0 && font.MeasureText($"{lines[^1]} {word}") <= width - (3 * Margin))
            {
                lines[^1] = $"{lines[^1]} {word}";
            }
            else if (lines.Count < MostLines)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = $"{lines[^1]} …";
                break;
            }
        }

        return lines;
    }

    /// <summary>The height that the lines need; 0 for none.</summary>
    public static float HeightOf(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? 0 : (lines.Count * LineHeight) + (Margin / 2);

    /// <summary>Draws the lines below a height of the figure.</summary>
    public static void Draw(SKCanvas canvas, IReadOnlyList<string> lines, float top)
    {
        using var font = Font();
        using var paint = new SKPaint { Color = new SKColor(0x4d, 0x58, 0x64), IsAntialias = true };
        foreach (var (i, line) in lines.Index())
        {
            canvas.DrawText(line, Margin, top + (i * LineHeight) + FontSize, font, paint);
        }
    }

    private static SKFont Font() => new(PlotFont.Face, FontSize);
}
