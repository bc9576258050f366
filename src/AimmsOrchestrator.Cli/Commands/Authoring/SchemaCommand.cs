using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>The scenario's JSON Schema, for editors.</summary>
internal sealed class SchemaCommand(CommandServices services)
    : BaseCommand(
        services,
        "schema",
        "Print the scenario's JSON Schema, by which editors complete and check",
        "schema > scenario.schema.json"
    )
{
    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await Screen.Data.Profile.Out.Writer.WriteAsync(ScenarioSchema.Text.AsMemory(), cancellation);
        return ExitCode.Success;
    }
}
