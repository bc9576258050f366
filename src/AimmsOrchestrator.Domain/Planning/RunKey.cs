namespace AimmsOrchestrator.Domain.Planning;

/// <summary>
/// What a run asks, as a SHA-256 over the canonical form of service, version and request: two runs with the same key
/// are the same question.
/// </summary>
public readonly record struct RunKey
{
    private readonly Sha256Digest _digest;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public RunKey(string hex) => _digest = Sha256Digest.Parse(hex, "a run key");

    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public RunKey(ReadOnlySpan<byte> bytes) => _digest = Sha256Digest.FromBytes(bytes, "a run key");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => _digest.ToString();

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => _digest.ToBytes();

    public override string ToString() => Hex;
}
