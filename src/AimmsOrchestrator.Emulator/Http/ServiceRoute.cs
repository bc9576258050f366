using AimmsOrchestrator.Emulator.Wire;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>
/// A request's path taken apart. Real clients write doubled and trailing slashes, and percent-encode: all of that is
/// the same address.
/// </summary>
/// <param name="Dialect">How the answer is to speak.</param>
/// <param name="Parts">What stands behind <c>/api/v2/</c> or <c>/pro-api/v2/</c>, decoded.</param>
internal sealed record ServiceRoute(Dialect Dialect, string[] Parts)
{
    /// <param name="path">The path, percent-encoded as it came.</param>
    /// <param name="isPretty">Whether the query asks for <c>prettyFormat</c>.</param>
    /// <returns>Null for an address that is none of the service's.</returns>
    public static ServiceRoute? Parse(string path, bool isPretty)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0] is not ("api" or "pro-api") || parts[1] is not ("v1" or "v2"))
        {
            return null;
        }

        return new ServiceRoute(
            new Dialect(IsCloud: parts[0] == "pro-api", IsV1: parts[1] == "v1", isPretty),
            [.. parts.Skip(2).Select(Uri.UnescapeDataString)]
        );
    }
}
