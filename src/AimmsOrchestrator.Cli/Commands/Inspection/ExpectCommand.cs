using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>Checks the rules that a batch's scenario expects to hold, also for a CI server.</summary>
internal sealed class ExpectCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly Option<FileInfo?> _junit = SharedOptions.JUnit();
    private readonly PlaceOptions _place = new();

    public ExpectCommand(CommandServices services)
        : base(
            services,
            "expect",
            "Check the rules across runs that the scenario expects; exit code 1 where one does not hold",
            "expect transport-whatif",
            "expect transport-whatif-3 --junit expectations.xml"
        ) => Declare([_batch, _junit, .. _place.All]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            var batches = new RemoteBatches(server);
            var id = (await batches.FindAsync(parsed.GetValue(_batch), cancellation)).Batch;
            return await ShowAsync(new ExpectationCheck(await batches.ExpectationsAsync(id, cancellation)), id, parsed);
        }

        var folder = _place.Folder(parsed);
        using var reader = SqliteWorkspace.OpenExisting(folder).OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetValue(_batch)).OrThrow(folder);
        var check = ExpectationCheck.Of(batch, reader).OrThrow(folder);
        return await ShowAsync(check, batch.Id.Value, parsed);
    }

    private async Task<int> ShowAsync(ExpectationCheck check, string batch, ParseResult parsed)
    {
        if (check.Results.Count == 0)
        {
            Screen.Say($"{batch}: its scenario expects nothing");
        }

        foreach (var line in check.Lines())
        {
            Screen.Say(line);
        }

        if (parsed.GetValue(_junit) is { } file)
        {
            await check.WriteJUnitAsync(file, batch);
        }

        return check.IsViolated ? ExitCode.RunsFailed : ExitCode.Success;
    }
}
