using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>One SHA-256 over everything that a scenario depends on. Each part is hashed with its length, so that the parts cannot be confused.</summary>
internal static class Fingerprint
{
    public static string Compute(
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> attachments,
        ScenarioOverrides overrides,
        IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "source", source);
        foreach (var (name, bytes) in attachments.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, "file", name);
            Append(hash, bytes.Span);
        }

        foreach (var assignment in overrides.Set.Order(StringComparer.Ordinal))
        {
            Append(hash, "set", assignment);
        }

        Append(hash, "limit", overrides.Limit?.ToString(CultureInfo.InvariantCulture) ?? "");
        Append(hash, "url", overrides.Url ?? "");
        foreach (var (name, value) in environment)
        {
            Append(hash, name, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string what, string text)
    {
        Append(hash, Encoding.UTF8.GetBytes(what));
        Append(hash, Encoding.UTF8.GetBytes(text));
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
