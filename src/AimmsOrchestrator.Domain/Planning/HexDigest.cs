using System.Buffers;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>A SHA-256 as text.</summary>
internal static class HexDigest
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">It is not 64 lower-case hexadecimal digits.</exception>
    public static string Checked(string hex, string what)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return hex.Length == 64 && !hex.AsSpan().ContainsAnyExcept(Digits)
            ? hex
            : throw new ArgumentException($"\"{hex}\" is not {what}: 64 lower-case hexadecimal digits.", nameof(hex));
    }
}
