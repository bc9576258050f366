using System.Globalization;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>Numbers of bytes as a person says them.</summary>
internal static class SizeText
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    /// <summary><c>12 kB</c>, <c>3.4 MB</c>, in powers of 1000 as a scenario has them.</summary>
    public static string Of(long bytes)
    {
        if (bytes < 1000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        var (size, unit) = (bytes / 1000.0, 0);
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1000, unit + 1);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{size.ToString(size < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture)} {Units[unit]}"
        );
    }
}
