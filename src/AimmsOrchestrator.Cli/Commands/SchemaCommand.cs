using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>The scenario's JSON Schema, for editors.</summary>
internal sealed class SchemaCommand : ExampleCommand
{
    public SchemaCommand(Screen screen)
        : base(
            "schema",
            "Print the scenario's JSON Schema, by which editors complete and check",
            "schema > scenario.schema.json"
        ) =>
        SetAction(_ =>
        {
            screen.Data.Profile.Out.Writer.Write(ScenarioSchema.Text);
            return ExitCode.Success;
        });
}
