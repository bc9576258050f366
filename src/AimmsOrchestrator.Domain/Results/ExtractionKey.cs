using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>
/// How a run's results are extracted from a response, as a SHA-256 over the scenario's <c>success</c> and <c>results</c> and
/// the parameters that these use: from one response, two runs with the same key extract the same results. Written as 64
/// lower-case hexadecimal digits.
/// </summary>
public readonly record struct ExtractionKey
{
    private readonly string? _hex;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public ExtractionKey(string hex) => _hex = HexDigest.Checked(hex, "an extraction key");

    public string Hex => _hex ?? throw new InvalidOperationException("An extraction key was never given a value.");

    public override string ToString() => _hex ?? "(none)";
}
