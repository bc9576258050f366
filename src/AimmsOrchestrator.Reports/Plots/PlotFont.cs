using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace AimmsOrchestrator.Reports.Plots;

/// <summary>
/// DejaVu Sans (its licence lies beside it), embedded: a server may have no font, and figures should look the same on every
/// machine.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Name;
        return true;
    });

    /// <summary>The font's glyphs, for what is drawn without the drawing library.</summary>
    public static SKTypeface Face => Typeface.Value;

    /// <summary>Registers the font with the drawing library; may be called repeatedly.</summary>
    public static bool Register() => Registered.Value;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Name ? Typeface.Value : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface.Value : null;

    private static SKTypeface Load()
    {
        var resource = "AimmsOrchestrator.Reports.Plots.Assets.DejaVuSans.ttf";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        return SKTypeface.FromStream(stream);
    }
}
