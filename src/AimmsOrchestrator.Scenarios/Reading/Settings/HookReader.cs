using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>poll.hook</c>: the address at which the service can call this program.</summary>
internal static class HookReader
{
    private const int LongestAddress = 1_000;
    private const string Example = "http://this-machine.example:8090/hooks";

    /// <summary>The address; null where there is none, it is wrong, or the service makes no calls.</summary>
    public static Uri? Read(Section poll, ServiceSettings? service, DiagnosticBag diagnostics)
    {
        if (poll.Scalar("hook") is not { } written)
        {
            return null;
        }

        if (WebAddress.TryParse(written.Text.Trim(), out var uri))
        {
            if (Problem(uri) is { } problem)
            {
                poll.Report("hook", problem);
                return null;
            }
        }
        else
        {
            poll.Report("hook", $"{written.Description} is not an address; write {Example}");
            return null;
        }

        if (service is not null && !ServiceEndpoint.CallsHooks(service.Host, service.Api))
        {
            diagnostics.Warn(
                written.Location,
                "poll.hook: only an AIMMS Cloud account with version v2 calls an address; this service does not, and its tasks are polled as if there were no hook"
            );
            return null;
        }

        if (uri.Scheme == Uri.UriSchemeHttps)
        {
            diagnostics.Warn(
                written.Location,
                $"poll.hook: this program itself listens without encryption, on port {uri.Port}: a gateway has to decrypt the calls before"
            );
        }

        return uri;
    }

    private static string? Problem(Uri uri) =>
        uri.Host.Length == 0 ? $"it has no host; write {Example}"
        : uri.UserInfo.Length > 0
            ? "a name or a password does not belong into it: each task gets an address with a key of its own"
        : uri.Fragment.Length > 0 ? "it has a fragment (#…), which no request carries; leave it out"
        : uri.Port == 0 ? "port 0 is no port that the service can call; write one from 1 to 65535"
        : HasKey(uri)
            ? "the service takes the parameter key out of its calls; leave it out: each task gets an address with a key of its own"
        : uri.AbsoluteUri.Length > LongestAddress ? $"it is longer than {LongestAddress} characters"
        : null;

    private static bool HasKey(Uri uri) =>
        uri
            .Query.TrimStart('?')
            .Split('&')
            .Any(part => part.Split('=')[0].ToUpperInvariant() is "KEY" or "AIMMS-BATCH");
}
