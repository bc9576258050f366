using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>Addresses of task services: one form for all spellings, and what is wrong with forms that articles print.</summary>
internal static partial class ServiceAddress
{
    private const string CloudDomain = ".aimms.cloud";

    /// <summary>
    /// The address in one spelling: scheme and host in lower case, no default port, no slash at the end. It is how most
    /// people write an address, so that their keys stay what they were when the address counted as written.
    /// </summary>
    public static string Canonical(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        var port = address.IsDefaultPort ? "" : FormattableString.Invariant($":{address.Port}");
        return $"{address.Scheme}://{host}{port}{address.AbsolutePath.TrimEnd('/')}";
    }

    /// <summary>Whether the address belongs to AIMMS Cloud, whose tasks belong to an app.</summary>
    public static bool IsCloud(Uri address) =>
        address.IdnHost.EndsWith(CloudDomain, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a text that is nearly an address, and what to write; null where there is no advice.</summary>
    public static string? Advice(string written)
    {
        if (written.Contains("{port}", StringComparison.OrdinalIgnoreCase))
        {
            return "put the service's own port where {port} stands";
        }

        if (DoubledColon().IsMatch(written))
        {
            return $"it has two colons before the port; write {DoubledColon().Replace(written, "${host}:${port}")}";
        }

        return !written.Contains("//", StringComparison.Ordinal) && Bare().IsMatch(written)
            ? $"it has no scheme; write {(Local().IsMatch(written) ? "http" : "https")}://{written}"
            : null;
    }

    /// <summary>What is wrong with an address that can be called, as a sentence that begins with "it"; null where nothing is.</summary>
    public static string? Problem(Uri address, bool isCloud)
    {
        var match = OfTasks().Match(address.AbsolutePath);
        if (match.Success)
        {
            var ending = match.Groups["ending"].Value;
            var version = match.Groups["version"].Value == "1" ? " and api: v1" : "";
            var start = new UriBuilder(address) { Path = match.Groups["base"].Value }.Uri;
            return $"it ends in {ending}, which is added for each request; write {Canonical(start)}{version}";
        }

        if (!IsCloud(address))
        {
            return null;
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return $"it would send the key unencrypted; write https://{address.IdnHost}";
        }

        return isCloud
            ? null
            : "it is an AIMMS Cloud account, whose tasks belong to an app: write app and apiKey beside it";
    }

    [GeneratedRegex(
        "^(?<host>https?://[^/:]+)::+(?<port>[0-9].*)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex DoubledColon();

    [GeneratedRegex(
        @"^(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:[0-9]+)?(/\S*)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Bare();

    [GeneratedRegex(
        @"^(localhost|127\.|10\.|192\.168\.)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Local();

    /// <summary>A path that reaches into the task service: <c>/api/v2</c> and what follows, or <c>/pro-api</c> alone.</summary>
    [GeneratedRegex(
        "^(?<base>.*?)(?<ending>/(pro-api/*|(pro-api|api)/+v(?<version>[0-9]+)(/.*)?))$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex OfTasks();
}
