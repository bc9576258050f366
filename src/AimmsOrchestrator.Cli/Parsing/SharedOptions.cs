using System.CommandLine;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>Options that several commands share, so that they mean the same everywhere.</summary>
internal static class SharedOptions
{
    /// <summary>Where batches live unless <c>--workspace</c> names another folder.</summary>
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

    /// <summary>The option that names a server.</summary>
    public const string ServerName = "--server";

    /// <summary>The environment variable that names one where no option does.</summary>
    public const string ServerVariable = "AIMMS_BATCH_SERVER";

    public static Option<string?> Server() =>
        new(ServerName)
        {
            Description =
                $"Do it at a server for a team, in place of here; {ServerVariable} if left out, unless --workspace is given",
            HelpName = "URL",
        };

    public static Option<bool> Verbose() =>
        new("--verbose") { Description = "Show what went wrong in full, with stack traces" };

    public static Option<bool> Json(string of) => new("--json") { Description = $"Print {of} as one JSON document" };

    public static Option<FileInfo?> JUnit() =>
        new("--junit")
        {
            Description = "The file for the results of the scenario's expectations, as JUnit XML",
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
