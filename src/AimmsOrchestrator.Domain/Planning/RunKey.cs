namespace AimmsOrchestrator.Domain.Planning;

/// <summary>
/// What a run asks, as a SHA-256 over the canonical form of service, version and request: two runs with the same key
/// are the same question. Written as 64 lower-case hexadecimal digits.
/// </summary>
public readonly record struct RunKey
{
    private readonly string? _hex;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public RunKey(string hex) => _hex = HexDigest.Checked(hex, "a run key");

    public string Hex => _hex ?? throw new InvalidOperationException("A run key was never given a value.");

    public override string ToString() => _hex ?? "(none)";
}
