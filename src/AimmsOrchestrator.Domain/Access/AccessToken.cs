using System.Security.Cryptography;
using System.Text;

namespace AimmsOrchestrator.Domain.Access;

/// <summary>A caller of a server. Its token is a secret that only the caller has; here is its name.</summary>
/// <param name="Name">The caller's name: the owner of what it submits.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AccessToken(string Name, Role Role, DateTimeOffset CreatedAt)
{
    /// <summary>The caller where no token exists: the machine that the server runs on.</summary>
    public const string LocalName = "local";

    /// <summary>The author of what a server does by itself.</summary>
    public const string ServerName = "server";

    private const string Prefix = "aimms-batch-";
    private const int SecretBytes = 32;

    /// <summary>When a request last carried it, to the minute; null where none has.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Since when it is refused; null while it is accepted.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why no token may have a name, as the end of a sentence; null where one may.</summary>
    public static string? WhyReserved(string name) =>
        string.Equals(name, LocalName, StringComparison.OrdinalIgnoreCase)
            ? "is what callers without a token are called"
        : string.Equals(name, ServerName, StringComparison.OrdinalIgnoreCase) ? "is what the server itself is called"
        : null;

    /// <summary>A new secret: 256 random bits, as text without blanks.</summary>
    public static string NewSecret() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is stored of a secret. It has too many bits to be guessed, so that one round of SHA-256 suffices.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
