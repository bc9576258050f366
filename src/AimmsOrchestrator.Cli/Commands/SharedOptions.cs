using System.CommandLine;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Options that several commands have, so that they mean the same everywhere.</summary>
internal static class SharedOptions
{
    /// <summary>Where batches live unless a person says otherwise.</summary>
    public const string DefaultWorkspace = ".aimms-batch";

    public static Option<string> Workspace()
    {
        var option = new Option<string>("--workspace")
        {
            Description = "The folder where batches live",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultWorkspace,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError("--workspace: the name of a folder is wanted");
            }
        });
        return option;
    }

    public static Option<bool> Verbose() =>
        new("--verbose") { Description = "Show what went wrong in full, with stack traces" };

    public static Option<bool> Json(string of) => new("--json") { Description = $"Print {of} as one JSON document" };

    public static Option<FileInfo?> JUnit() =>
        new("--junit")
        {
            Description = "The file to write what came of the scenario's rules to, as JUnit XML",
            HelpName = "FILE",
        };

    public static Argument<string> Scenario() => new("SCENARIO") { Description = "The scenario's YAML file" };

    public static Argument<string?> Batch() =>
        new("BATCH")
        {
            Description = "A batch's id, or a scenario's name for its latest batch; the latest of all if left out",
            Arity = ArgumentArity.ZeroOrOne,
        };
}

/// <summary>The options that change a scenario without touching its file.</summary>
internal sealed class OverrideOptions
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Give a parameter other values, written as in YAML; may be repeated",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<long?> _limit = new("--limit")
    {
        Description = "Take the first N runs only",
        HelpName = "N",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "Call another service address",
        HelpName = "URL",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_set);
        command.Options.Add(_limit);
        command.Options.Add(_url);
    }

    public ScenarioOverrides Read(ParseResult parsed) =>
        new()
        {
            Set = parsed.GetValue(_set) ?? [],
            Limit = parsed.GetValue(_limit),
            Url = parsed.GetValue(_url),
        };
}
