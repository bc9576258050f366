using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Domain.Results;

/// <summary>
/// How a run's results are extracted from a response, as a SHA-256 over the scenario's <c>success</c> and <c>results</c>
/// and the parameters that these use: from one response, two runs with the same key extract the same results.
/// </summary>
public readonly record struct ExtractionKey
{
    private readonly Sha256Digest _digest;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public ExtractionKey(string hex) => _digest = Sha256Digest.Parse(hex, "an extraction key");

    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public ExtractionKey(ReadOnlySpan<byte> bytes) => _digest = Sha256Digest.FromBytes(bytes, "an extraction key");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => _digest.ToString();

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => _digest.ToBytes();

    public override string ToString() => Hex;
}
