using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>The profiles, and whether their services can be used.</summary>
internal sealed class ServicesCommand : BaseCommand
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The profiles to check; all of them if left out",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> _json = SharedOptions.Json("the profiles");

    public ServicesCommand(CommandServices services)
        : base(
            services,
            "services",
            "List the profiles of services.yaml and check them: address, key, app, list of tasks, clock",
            "services",
            "services acme --json"
        )
    {
        _names.CompletionSources.Add(Completions.Profiles);
        Declare(_names, _json);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var profiles = ServiceProfiles.Around(scenario: null, Environment.GetEnvironmentVariable);
        var (all, diagnostics) = profiles.All();
        foreach (var diagnostic in diagnostics)
        {
            Screen.Complain(diagnostic.ToString());
        }

        var chosen = Choose(all, parsed.GetValue(_names) ?? [], diagnostics);
        if (chosen.Count == 0 && diagnostics.Count == 0)
        {
            Screen.Say($"No profiles yet: write them into {string.Join(" or ", profiles.Files)}, such as");
            Screen.Say(
                "  acme: { url: https://acme.aimms.cloud, app: Transport, apiKey: \"${{ env.AIMMS_API_KEY }}\" }"
            );
        }

        if (await CheckAsync(chosen) is not { } found)
        {
            return ExitCode.Interrupted;
        }

        if (parsed.GetValue(_json))
        {
            Screen.WriteJson(
                [.. found.Select(ServiceDocument.Of)],
                BatchJsonContext.Default.IReadOnlyListServiceDocument
            );
        }
        else
        {
            foreach (var service in found)
            {
                Screen.Data.Line(Line(service, profiles.HiddenFiles(service.Profile.Name)));
            }
        }

        return diagnostics.Count > 0 ? ExitCode.WrongInput
            : found.Any(service => service.Problem is not null) ? ExitCode.ServiceRefused
            : ExitCode.Success;
    }

    /// <summary>All at once; null where the user interrupts.</summary>
    private async Task<CheckedService[]?> CheckAsync(IReadOnlyList<ServiceProfile> profiles)
    {
        using var interruption = new Interruption(() => { });
        var check = new ServiceCheck(Services.Time, Environment.GetEnvironmentVariable);
        try
        {
            return await Task.WhenAll(profiles.Select(profile => check.CheckAsync(profile, interruption.Requested)));
        }
        catch (OperationCanceledException) when (interruption.Requested.IsCancellationRequested)
        {
            return null;
        }
    }

    private static IReadOnlyList<ServiceProfile> Choose(
        IReadOnlyList<ServiceProfile> all,
        string[] names,
        IReadOnlyList<Diagnostic> diagnostics
    )
    {
        var known = all.Select(profile => profile.Name).ToList();
        if (diagnostics.Count == 0 && names.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var hint = DidYouMean.Hint(unknown, known);
            throw new UserErrorException(
                $"there is no profile \"{unknown}\"{(hint.Length > 0 || known.Count == 0 ? hint : $"; there are {string.Join(", ", known)}")}"
            );
        }

        return names.Length == 0
            ? all
            : [.. all.Where(profile => names.Contains(profile.Name, StringComparer.Ordinal))];
    }

    /// <summary>Such as <c>acme: ok, https://acme.aimms.cloud: key accepted, … (services.yaml)</c>.</summary>
    private static string Line(CheckedService service, IReadOnlyList<string> hidden)
    {
        var profile = service.Profile;
        var instead = hidden.Count > 0 ? $", in place of that in {string.Join(", ", hidden)}" : "";
        var findings = service.ClockAhead is { } ahead ? [.. service.Findings, Clock(ahead)] : service.Findings;
        var verdict = service.Problem is { } problem
            ? $"FAILED, {profile.Url}: {problem}"
            : $"ok, {profile.Url}: {string.Join(", ", findings)}";
        return $"{profile.Name}: {verdict} ({profile.File}{instead})".OneLine();
    }

    private static string Clock(TimeSpan ahead) =>
        ahead == TimeSpan.Zero
            ? "clock agrees"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"clock {Math.Abs(ahead.TotalSeconds):0} s {(ahead > TimeSpan.Zero ? "ahead" : "behind")}"
            );
}
