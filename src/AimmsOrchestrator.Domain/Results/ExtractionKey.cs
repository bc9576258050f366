using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>
/// How a run's figures are taken from an answer, as a SHA-256 over the scenario's <c>success</c> and <c>results</c> and the
/// parameters that these look at: of one answer, two runs with the same reading have the same figures. Written as 64
/// lower-case hexadecimal digits.
/// </summary>
public readonly record struct ExtractionKey
{
    private readonly string? _hex;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public ExtractionKey(string hex) => _hex = HexDigest.Checked(hex, "a reading key");

    public string Hex => _hex ?? throw new InvalidOperationException("A reading key was never given a value.");

    public override string ToString() => _hex ?? "(none)";
}
