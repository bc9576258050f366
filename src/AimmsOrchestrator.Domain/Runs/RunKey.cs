using System.Buffers;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// What a run asks, as a SHA-256 over the canonical form of service, version and request: two runs with the same key
/// are the same question. Written as 64 lower-case hexadecimal digits.
/// </summary>
public readonly record struct RunKey
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _hex;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public RunKey(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 64 || hex.AsSpan().ContainsAnyExcept(Digits))
        {
            throw new ArgumentException($"\"{hex}\" is not a run key: 64 lower-case hexadecimal digits.", nameof(hex));
        }

        _hex = hex;
    }

    public string Hex => _hex ?? throw new InvalidOperationException("A run key was never given a value.");

    public override string ToString() => _hex ?? "(none)";
}
