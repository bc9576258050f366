using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Reads one profile.</summary>
/// <param name="file">The file that it stands in.</param>
/// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
/// <param name="diagnostics">Where diagnostics go.</param>
internal sealed class ProfileReader(string file, Func<string, string?> environment, DiagnosticBag diagnostics)
{
    private readonly EnvironmentInterpolation _texts = new(
        new ExpressionCompiler(new EnvironmentVariables(environment, diagnostics), diagnostics),
        diagnostics
    );

    /// <summary>The profile; null where it is wrong, with the reasons among the diagnostics.</summary>
    public ServiceProfile? Read(Member member)
    {
        var before = diagnostics.Count;
        var name = member.Name;
        if (Section.Read(member.Value, ProfileSchemas.Profile, diagnostics, name) is not { } section)
        {
            if (diagnostics.Count == before)
            {
                diagnostics.Add(
                    member.Key.Location,
                    $"{name}: a profile is a mapping, such as {{ url: http://localhost:8080 }}"
                );
            }

            return null;
        }

        section.Require("url", "emulator, http://localhost:8080 or https://acme.aimms.cloud");
        var isCloud = section["app"] is not null || section["apiKey"] is not null;
        var url = Text(section, "url")?.Trim();
        var address = url is null or ServiceSettings.Emulator
            ? null
            : AddressReader.Read(url, $"{name}.url", section.LocationOf("url"), isCloud, diagnostics);
        if (isCloud && url is not null and not ServiceSettings.Emulator)
        {
            section.Require("apiKey", "an AIMMS Cloud account needs one, such as ${{ env.AIMMS_API_KEY }}");
        }
        else if (section["version"] is not null && section["app"] is null)
        {
            section.Report("version", "only an AIMMS Cloud app has versions, and there is no app here");
        }

        var profile = new ServiceProfile(name, member.Key.Location.ToString(), url ?? "")
        {
            File = file,
            Address = address,
            App = Part(section, "app"),
            Version = Part(section, "version"),
            Api = section.Word("api") == "v1" ? ApiVersion.V1 : ApiVersion.V2,
            Key = KeySourceReader.Read(section, name, file, diagnostics),
            Ceilings = CeilingReader.Read(section["limits"], name, diagnostics),
        };
        return diagnostics.Count > before ? null : profile;
    }

    private string? Text(Section section, string key) =>
        section.Scalar(key) is { } written ? _texts.Read(written, isSecret: false) : null;

    private string? Part(Section section, string key)
    {
        var text = Text(section, key);
        if (text is not null && (AddressPart.Problem(text) ?? Unfilled(text)) is { } problem)
        {
            section.Report(key, problem);
        }

        return text;
    }

    private static string? Unfilled(string text) =>
        Template.IsIn(text) ? "what an environment variable says has no expressions of its own" : null;
}
