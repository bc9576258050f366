using AimmsOrchestrator.Emulator.Wire;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>
/// A request's path in parts. Real clients write doubled and trailing slashes and percent-encode: these are the same
/// address.
/// </summary>
/// <param name="Dialect">The response's form.</param>
/// <param name="Parts">The parts after <c>/api/v2/</c> or <c>/pro-api/v2/</c>, decoded.</param>
internal sealed record ServiceRoute(Dialect Dialect, string[] Parts)
{
    /// <param name="path">The path, percent-encoded.</param>
    /// <param name="isPretty">Whether the query asks for <c>prettyFormat</c>.</param>
    /// <returns>Null where the path is not one of the service.</returns>
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
