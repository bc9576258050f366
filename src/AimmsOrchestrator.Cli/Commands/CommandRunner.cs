using System.CommandLine;
using AimmsOrchestrator.Cli.Commands.Authoring;
using AimmsOrchestrator.Cli.Commands.Control;
using AimmsOrchestrator.Cli.Commands.Execution;
using AimmsOrchestrator.Cli.Commands.Inspection;
using AimmsOrchestrator.Cli.Commands.Serving;
using AimmsOrchestrator.Cli.Commands.Upkeep;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>The whole command line: parses, runs a command, and turns what went wrong into one line and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>EMFILE, on Linux and macOS alike.</summary>
    private const int TooManyOpenFiles = 24;

    /// <param name="args">What was typed.</param>
    /// <param name="screen">Where output goes.</param>
    /// <param name="wrap">What stands before the journal of a batch that is executed; nothing by default.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Screen screen,
        Func<IJournalWriter, IJournalWriter>? wrap = null
    )
    {
        var services = new CommandServices(screen, TimeProvider.System, wrap);
        var verbose = SharedOptions.Verbose();
        verbose.Recursive = true;
        var root = new RootCommand(
            "Runs batches of optimization tasks at an AIMMS task service, from a YAML scenario to a report."
        )
        {
            verbose,
            new PlanCommand(services),
            new RunBatchCommand(services),
            ResumeCommand.Resume(services),
            ResumeCommand.Retry(services),
            new CancelCommand(services),
            PauseCommand.Pause(services),
            PauseCommand.Continue(services),
            new SetCommand(services),
            new RemoveCommand(services),
            new PruneCommand(services),
            new ListCommand(services),
            new StatusCommand(services),
            new ReportCommand(services),
            new DiffCommand(services),
            new ExpectCommand(services),
            new ResponseCommand(services),
            new LogsCommand(services),
            new EmulatorCommand(services),
            new ServeCommand(services),
            new TokenCommand(services),
            TransferCommand.Import(services),
            TransferCommand.Export(services),
            new InitCommand(services),
            new ExplainCommand(services),
            new ServicesCommand(services),
            new CompletionCommand(services),
            new CompleteCommand(services),
            new SchemaCommand(services),
        };
        BaseCommand.ShowInHelp(root);
        Completions.Attach(root);

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return ReportParseErrors(parsed, screen);
        }

        screen.IsVerbose = parsed.GetValue(verbose);
        try
        {
            // The running command handles Ctrl-C itself: see Interruption.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            );
        }
        catch (Exception e)
        {
            return Report(e, screen);
        }
    }

    private static int Report(Exception trouble, Screen screen)
    {
        var (exitCode, line) = trouble switch
        {
            UserErrorException e => (e.ExitCode, e.Message),
            ServerProblemException e => (e.ToUserError().ExitCode, e.Message),
            JournalException e => (ExitCode.WrongInput, e.Message),
            IOException { HResult: TooManyOpenFiles } e => (
                ExitCode.WrongInput,
                $"too many files are open: raise the limit, as in `ulimit -n 4096` ({e.Message})"
            ),
            // As a rule standard output, on a disk that is full: other files have messages of their own.
            IOException e => (ExitCode.WrongInput, $"reading or writing failed: {e.Message}"),
            var e => (
                ExitCode.Stopped,
                $"a bug in this program: {e.GetType().Name}: {e.Message} (--verbose shows where)"
            ),
        };
        screen.Complain(screen.IsVerbose ? trouble.ToString() : line);
        return exitCode;
    }

    private static int ReportParseErrors(ParseResult parsed, Screen screen)
    {
        foreach (var line in ParseErrors.Lines(parsed))
        {
            screen.Complain($"aimms-batch: {line}");
        }

        var path = string.Join(' ', PathTo(parsed.CommandResult.Command).Skip(1));
        screen.Complain($"See `aimms-batch {path}{(path.Length > 0 ? " " : "")}--help`.");
        return ExitCode.WrongInput;
    }

    private static IEnumerable<string> PathTo(Command command) =>
        command.Parents.OfType<Command>().SelectMany(PathTo).Append(command.Name);
}
