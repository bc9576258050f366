using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Running;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>The options of every command that executes a batch.</summary>
internal sealed class ExecutionOptions
{
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<bool> _json = SharedOptions.Json("how the batch went");
    private readonly Option<FileInfo?> _junit = SharedOptions.JUnit();

    public Option Workspace => _workspace;

    /// <summary>Those that say what to write once the batch is left.</summary>
    public IReadOnlyList<Option> Output => [_json, _junit];

    public BatchSession SessionOf(ParseResult parsed, CommandServices services) =>
        new(
            services,
            parsed.GetRequiredValue(_workspace),
            new OutputOptions(parsed.GetValue(_json), parsed.GetValue(_junit))
        );
}
