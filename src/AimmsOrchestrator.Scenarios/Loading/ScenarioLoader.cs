using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Reading;

namespace AimmsOrchestrator.Scenarios.Loading;

/// <summary>Reads scenarios.</summary>
/// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
/// <param name="onWalk">Hears how far a search through the points of a sweep has come, from any thread; null for nothing.</param>
public sealed class ScenarioLoader(Func<string, string?> environment, Action<SweepWalk>? onWalk = null)
{
    /// <summary>
    /// Whether the key of the service is read, from the environment, a command or a file: true by default. What a scenario
    /// would run needs none.
    /// </summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>
    /// The profiles that <c>service.use</c> names; null, the default, for those of the files named <c>services.yaml</c>: beside
    /// the scenario, in the current folder, and in the user's configuration folder.
    /// </summary>
    public ServiceProfiles? Profiles { get; init; }

    /// <summary>Where the keys of profiles are; null, the default, for the scenario's own environment.</summary>
    public Func<string, string?>? KeyEnvironment { get; init; }

    /// <summary>What a scenario may do: everything by default.</summary>
    public ScenarioRights Rights { get; init; } = ScenarioRights.All;

    /// <summary>
    /// Ends the reading with an <see cref="OperationCanceledException"/>, and every later evaluation of its expressions: a
    /// scenario that is to be run needs a token that stays as it is from then on.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Begins what takes longest of the reading of a scenario, beside the caller's own work; nothing where there is no such file.
    /// </summary>
    /// <param name="path">The file that is going to be read.</param>
    public static void Anticipate(string path) =>
        FirstEngine.BeginFor(() => File.Exists(path) ? TextFile.Read(path, "a scenario", new DiagnosticBag()) : null);

    /// <summary>Reads a scenario and the files beside it; nothing is sent.</summary>
    /// <param name="path">The file as the user names it; diagnostics use the same name.</param>
    /// <param name="overrides">The command line's changes.</param>
    public ScenarioLoadResult Load(string path, ScenarioOverrides overrides)
    {
        var diagnostics = new DiagnosticBag();
        return TextFile.Read(path, "a scenario", diagnostics) is { } source
            ? Read(path, source, new ScenarioFiles(path, stored: null), overrides, diagnostics)
            : ScenarioLoadResult.Broken(diagnostics.Errors());
    }

    /// <summary>
    /// Reads the text of a scenario and the files beside it that it wants, for a server: profiles and variables are the server's,
    /// and so is the verdict on all else.
    /// </summary>
    /// <param name="path">The file as the user names it.</param>
    /// <param name="overrides">The command line's changes.</param>
    /// <param name="diagnostics">Why the text cannot be read; empty where it can.</param>
    public ScenarioBundle? Bundle(string path, ScenarioOverrides overrides, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = new DiagnosticBag();
        if (TextFile.Read(path, "a scenario", found) is not { } source)
        {
            diagnostics = found.Errors();
            return null;
        }

        diagnostics = [];
        var files = new ScenarioFiles(path, stored: null);
        Read(path, source, files, overrides, found);
        return new ScenarioBundle(
            source,
            files.FromDisk,
            [
                .. found
                    .Errors()
                    .Where(error => files.Unread.Any(why => error.Message.Contains(why, StringComparison.Ordinal))),
            ]
        );
    }

    /// <summary>Reads a scenario that is not written yet, with the files beside it; nothing is sent.</summary>
    /// <param name="path">The file that it is to be.</param>
    /// <param name="source">Its text.</param>
    /// <param name="overrides">The command line's changes.</param>
    public ScenarioLoadResult LoadText(string path, string source, ScenarioOverrides overrides) =>
        Read(path, source, new ScenarioFiles(path, stored: null), overrides, new DiagnosticBag());

    /// <summary>Reads a stored scenario: its text and its attachments. It does not touch the disk.</summary>
    /// <param name="path">The file it was read from, for its name.</param>
    /// <param name="source">Its text (<see cref="Scenario.Source"/>).</param>
    /// <param name="attachments">The files beside it (<see cref="Scenario.Attachments"/>).</param>
    /// <param name="overrides">The command line's changes of that time.</param>
    public ScenarioLoadResult LoadStored(
        string path,
        string source,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> attachments,
        ScenarioOverrides overrides
    ) => Read(path, source, new ScenarioFiles(path, attachments), overrides, new DiagnosticBag());

    private ScenarioLoadResult Read(
        string path,
        string source,
        ScenarioFiles files,
        ScenarioOverrides overrides,
        DiagnosticBag diagnostics
    )
    {
        FirstEngine.BeginFor(() => source);
        var variables = new EnvironmentVariables(environment, diagnostics);
        return
            new ScenarioReader(path, source, files, overrides, variables, diagnostics)
            {
                OnWalk = Walked,
                Cancellation = Cancellation,
                Profiles = new ProfileUse(
                    Profiles ?? ServiceProfiles.Around(path, environment),
                    files,
                    KeyEnvironment ?? environment,
                    NeedsKey
                ),
                Rights = Rights,
            }.Read()
                is { } scenario
            ? ScenarioLoadResult.Sound(scenario)
            : ScenarioLoadResult.Broken(diagnostics.Errors());
    }

    private void Walked(SweepWalk walk)
    {
        Cancellation.ThrowIfCancellationRequested();
        onWalk?.Invoke(walk);
    }
}
