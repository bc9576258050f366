using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>service</c>: where the tasks go and what they call.</summary>
internal sealed class ServiceReader(ExpressionCompiler compiler, ProfileUse profiles, DiagnosticBag diagnostics)
{
    /// <summary>What a profile has, and a scenario that uses one therefore has not.</summary>
    private static readonly string[] OfProfile = ["url", "apiKey", "api"];

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

        if (section["use"] is not null)
        {
            return FromProfile(section, name, urlOverride);
        }

        var address = urlOverride?.Trim() ?? Address(section);
        var isCloud = section["app"] is not null || section["apiKey"] is not null;
        var uri = ReadUri(address, section.LocationOf("url"), isCloud, urlOverride);
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

    /// <summary>A service whose address and key a profile has; the app and its version may be the scenario's own.</summary>
    private ServiceSettings? FromProfile(Section section, ScalarNode? name, string? urlOverride)
    {
        foreach (var key in OfProfile.Where(key => section[key] is not null))
        {
            section.Report(key, "the profile that service.use names has it; leave out one of the two");
        }

        if (
            section.Scalar("use") is not { } use
            || profiles.Find(use.Text, use.Location, diagnostics) is not { } profile
        )
        {
            return null;
        }

        var isCloud = profile.Host == ServiceHost.Cloud || section["app"] is not null;
        var address = urlOverride?.Trim() ?? profile.Url;
        var uri = urlOverride is null
            ? profile.Address
            : ReadUri(address, section.LocationOf("use"), isCloud, urlOverride);
        var app = Text(section, "app") ?? Text(profile.App, use);
        var version = Text(section, "version") ?? (section["app"] is null ? Text(profile.Version, use) : null);
        if (isCloud && app is null)
        {
            section.Require(
                "app",
                $"tasks of an AIMMS Cloud account belong to an app, and {profile.Source} names none"
            );
        }

        if (isCloud && !profile.HasKey && address != ServiceSettings.Emulator)
        {
            section.Report("use", $"an app belongs to an AIMMS Cloud account, and {profile.Source} has no apiKey");
        }

        return name is null
            ? null
            : new ServiceSettings(address, name, app, version)
            {
                Uri = uri,
                Host = isCloud ? ServiceHost.Cloud : ServiceHost.Localhost,
                Api = profile.Api,
                Key = address == ServiceSettings.Emulator ? null : profiles.Key(profile, use.Location, diagnostics),
                Profile = profile.File.Length > 0 ? $"{profile.Name} of {profile.File}" : profile.Name,
                Ceilings = profile.Ceilings,
            };
    }

    private static ScalarNode? Text(string? text, ScalarNode use) =>
        text is null ? null : new ScalarNode(use.Location, ScalarKind.String, text, "", -1);

    private Uri? ReadUri(string? address, SourceLocation location, bool isCloud, string? urlOverride)
    {
        if (address is null or ServiceSettings.Emulator)
        {
            return null;
        }

        var from = urlOverride is null ? location : SourceLocation.Whole("--url");
        return AddressReader.Read(address, "service.url", from, isCloud, diagnostics);
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
            section.Require(
                "url",
                "emulator, http://localhost:8080 or https://acme.aimms.cloud; or use: NAME for a profile of services.yaml"
            );
            return null;
        }

        return _texts.Read(written, isSecret: false)?.Trim();
    }

    private ApiKey? ReadKey(Section section, bool isRequired)
    {
        const string Notation = "apiKey: ${{ env.AIMMS_API_KEY }}";
        if (section["apiKey"] is { } node and not ScalarNode)
        {
            diagnostics.Add(
                node.Location,
                $"service.apiKey: in a scenario it is an environment variable, {Notation}; a command or a file belongs in a profile of {ServiceProfiles.FileName} (use: NAME)"
            );
            return null;
        }

        if (section.Scalar("apiKey") is not { } written)
        {
            if (isRequired)
            {
                section.Require("apiKey", $"an AIMMS Cloud account needs one; write {Notation}");
            }

            return null;
        }

        if (KeyText.VariableOf(written.Text) is not { } variable)
        {
            section.Report(
                "apiKey",
                $"a key is never written in a file; keep it in the environment and write {Notation}"
            );
            return null;
        }

        if (!profiles.NeedsKey)
        {
            return profiles.KeyAtHand(new KeySource.Variable(variable));
        }

        if (_texts.Read(written, isSecret: true)?.Trim() is not { } key)
        {
            return null;
        }

        if (KeyText.Problem(key) is { } problem)
        {
            section.Report(
                "apiKey",
                $"the environment's value {problem}{(key.Length == 0 ? "; set the variable to the key" : "")}"
            );
            return null;
        }

        return new ApiKey(key);
    }
}
