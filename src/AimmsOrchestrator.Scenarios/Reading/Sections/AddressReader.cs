using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads the address of a task service.</summary>
internal static class AddressReader
{
    /// <summary>The address as it is called; null, with a diagnostic, where the text is none.</summary>
    /// <param name="address">The text.</param>
    /// <param name="name">The key that it is the value of, such as <c>service.url</c>.</param>
    /// <param name="location">Where it stands.</param>
    /// <param name="isCloud">Whether an app or a key stands beside it.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static Uri? Read(
        string address,
        string name,
        SourceLocation location,
        bool isCloud,
        DiagnosticBag diagnostics
    )
    {
        if (
            WebAddress.TryParse(address, out var uri)
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0
        )
        {
            if (ServiceAddress.Problem(uri, isCloud) is { } problem)
            {
                diagnostics.Add(location, $"{name}: \"{address}\": {problem}");
            }

            return uri;
        }

        if (AddressSecret.Of(address, name) is { } secret)
        {
            diagnostics.Add(location, secret);
            return null;
        }

        var advice =
            ServiceAddress.Advice(address)
            ?? $"write emulator, http://localhost:8080 or https://acme.aimms.cloud{DidYouMean.Hint(address, [ServiceSettings.Emulator])}";
        diagnostics.Add(location, $"{name}: \"{address}\" is not an address; {advice}");
        return null;
    }
}
