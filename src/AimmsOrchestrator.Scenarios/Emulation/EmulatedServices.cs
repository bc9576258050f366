using System.Security.Cryptography;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Json;

namespace AimmsOrchestrator.Scenarios.Emulation;

/// <summary>Services of the author's own, to rehearse against.</summary>
/// <param name="Places">How many tasks run at a time; null where that is not said.</param>
/// <param name="Services">The services.</param>
public sealed record EmulatedServices(int? Places, IReadOnlyList<EmulatedService> Services)
{
    /// <summary>No service.</summary>
    public static EmulatedServices None { get; } = new(null, []);

    /// <summary>By which requests are the same question: 64 hexadecimal digits, of JSON in its canonical form.</summary>
    public static string KeyOf(ReadOnlyMemory<byte> request)
    {
        try
        {
            using var document = JsonDocument.Parse(request, JsonDepth.Document);
            return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(document.RootElement)));
        }
        catch (JsonException)
        {
            return Convert.ToHexStringLower(SHA256.HashData(request.Span));
        }
    }
}
