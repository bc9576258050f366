using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Checks the rules that a batch's scenario expects to hold, also for a CI server.</summary>
internal sealed class ExpectCommand : ExampleCommand
{
    public ExpectCommand(Screen screen)
        : base(
            "expect",
            "Check the rules across runs that the scenario expects; exit code 1 where one does not hold",
            "expect transport-whatif",
            "expect transport-whatif-3 --junit expectations.xml"
        )
    {
        var batch = SharedOptions.Batch();
        var workspace = SharedOptions.Workspace();
        var junit = SharedOptions.JUnit();
        Arguments.Add(batch);
        Options.Add(junit);
        Options.Add(workspace);

        SetAction(
            async (parsed, _) =>
            {
                var folder = Workspace.OpenExisting(parsed.GetRequiredValue(workspace));
                using var reader = folder.OpenReader();
                var found = BatchLookup.Find(reader, parsed.GetValue(batch), parsed.GetRequiredValue(workspace));
                var scenario =
                    StoredScenarios.Load(found, reader)
                    ?? throw new UserErrorException($"{found.Id}: this version can no longer read its scenario");
                if (scenario.Expectations.Count == 0)
                {
                    screen.Say($"{found.Id}: its scenario expects nothing");
                }

                var check = ExpectationCheck.Of(scenario, reader, found.Number);
                foreach (var line in check.Lines())
                {
                    screen.Say(line);
                }

                if (parsed.GetValue(junit) is { } file)
                {
                    await check.WriteJUnitAsync(file, found.Id.Value);
                }

                return check.IsViolated ? ExitCode.RunsFailed : ExitCode.Success;
            }
        );
    }
}
