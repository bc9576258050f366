using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>service</c>: where the tasks go and what they call.</summary>
internal sealed class ServiceReader(ExpressionCompiler compiler, DiagnosticBag diagnostics)
{
    private readonly EnvironmentInterpolation _texts = new(compiler, diagnostics);

    /// <param name="node">The section; an error where it is left out.</param>
    /// <param name="root">The scenario's location, for a missing section.</param>
    /// <param name="urlOverride">The command line's address; null where it has none.</param>
    public ServiceSettings? Read(Node? node, SourceLocation root, string? urlOverride)
    {
        var before = diagnostics.Count;
        if (Section.Read(node, ScenarioSchemas.Service, diagnostics) is { } section)
        {
            var settings = Read(section, urlOverride, before);
            return diagnostics.Count > before ? null : settings;
        }

        if (diagnostics.Count == before)
        {
            const string Example = "service: { url: emulator, name: transport }";
            diagnostics.Add(
                node?.Location ?? root,
                $"service is missing: it names the service to call, as in {Example}"
            );
        }

        return null;
    }

    private ServiceSettings? Read(Section section, string? urlOverride, int diagnosticsBefore)
    {
        var name = Text(section, "name");
        if (diagnostics.Count == diagnosticsBefore)
        {
            section.Require("name", "the service's name, as the model's dex::ServiceName gives it");
        }

        var address = urlOverride?.Trim() ?? Address(section);
        var location = urlOverride is null ? section.LocationOf("url") : SourceLocation.Whole("--url");
        var isCloud = section["app"] is not null || section["apiKey"] is not null;
        var uri = address is null or ServiceSettings.Emulator ? null : ReadUri(address, location, isCloud);
        var key = ReadKey(section, isCloud && address != ServiceSettings.Emulator);
        if (isCloud)
        {
            section.Require("app", "an apiKey calls an AIMMS Cloud account, and its tasks belong to an app");
        }
        else if (section["version"] is not null)
        {
            section.Report("version", "only an AIMMS Cloud app has versions, and there is no app here");
        }

        var (app, version) = (Text(section, "app"), Text(section, "version"));
        var api = section.Word("api") == "v1" ? ApiVersion.V1 : ApiVersion.V2;
        return address is null || name is null
            ? null
            : new ServiceSettings(address, name, app, version)
            {
                Uri = uri,
                Host = isCloud ? ServiceHost.Cloud : ServiceHost.Localhost,
                Api = api,
                Key = key,
            };
    }

    /// <summary>A part of the address as text, also where YAML reads a number: version 1.10 is "1.10".</summary>
    private static ScalarNode? Text(Section section, string key)
    {
        if (section.Scalar(key) is not { } scalar)
        {
            return null;
        }

        // What an expression comes to is known run by run.
        if (Template.IsIn(scalar.Text) || AddressPart.Problem(scalar.Text) is not { } problem)
        {
            return scalar.Kind == ScalarKind.String
                ? scalar
                : new ScalarNode(scalar.Location, ScalarKind.String, scalar.Text, "", 0);
        }

        section.Report(key, problem);
        return null;
    }

    private string? Address(Section section)
    {
        if (section.Scalar("url") is not { } written)
        {
            section.Require("url", "emulator, http://localhost:8080 or https://acme.aimms.cloud");
            return null;
        }

        return _texts.Read(written, isSecret: false)?.Trim();
    }

    private Uri? ReadUri(string address, SourceLocation location, bool isCloud)
    {
        if (
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0
        )
        {
            if (ServiceAddress.Problem(uri, isCloud) is { } problem)
            {
                diagnostics.Add(location, $"service.url: \"{address}\": {problem}");
            }

            return uri;
        }

        if (AddressSecret.Of(address) is { } secret)
        {
            diagnostics.Add(location, secret);
            return null;
        }

        var advice =
            ServiceAddress.Advice(address)
            ?? $"write emulator, http://localhost:8080 or https://acme.aimms.cloud{DidYouMean.Hint(address, [ServiceSettings.Emulator])}";
        diagnostics.Add(location, $"service.url: \"{address}\" is not an address; {advice}");
        return null;
    }

    private ApiKey? ReadKey(Section section, bool isRequired)
    {
        const string Notation = "apiKey: ${{ env.AIMMS_API_KEY }}";
        if (section.Scalar("apiKey") is not { } written)
        {
            if (isRequired)
            {
                section.Require("apiKey", $"an AIMMS Cloud account needs one; write {Notation}");
            }

            return null;
        }

        if (!IsEnvironmentOnly(written.Text))
        {
            section.Report(
                "apiKey",
                $"a key is never written in a file; keep it in the environment and write {Notation}"
            );
            return null;
        }

        var key = _texts.Read(written, isSecret: true)?.Trim();
        if (key is null)
        {
            return null;
        }

        if (key.Length == 0)
        {
            section.Report("apiKey", "the environment's value is blank; set the variable to the key");
            return null;
        }

        if (key.Any(c => c is < ' ' or > '~'))
        {
            section.Report(
                "apiKey",
                "the environment's value is not a key: it has characters that a header cannot carry"
            );
            return null;
        }

        return new ApiKey(key);
    }

    private static bool IsEnvironmentOnly(string text) =>
        text.StartsWith("${{", StringComparison.Ordinal)
        && text.EndsWith("}}", StringComparison.Ordinal)
        && PathScanner.Scan(text[3..^2].Trim()) is ("env", [_]);
}
