using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The response of a run as it came, or those of a whole batch as files.</summary>
internal sealed class ResponseCommand : BaseCommand
{
    private readonly Argument<string> _batch = new("BATCH") { Description = "A batch's id, or a scenario's name" };
    private readonly Argument<string?> _run = new("RUN")
    {
        Description = "A run's index, from 0, or its name",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<DirectoryInfo?> _export = new("--export")
    {
        Description = "The folder to write every response of the batch to, one file each",
        HelpName = "DIR",
    };
    private readonly PlaceOptions _place = new();

    public ResponseCommand(CommandServices services)
        : base(
            services,
            "response",
            "Print a run's response as it came, or write those of a whole batch as files",
            "response transport-whatif 12",
            "response transport-whatif \"freight=80 growth=1.1\"",
            "response transport-whatif --export responses"
        ) => Declare([_batch, _run, _export, .. _place.All]);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            var responses = new RemoteResponses(server, Screen);
            var answer = (parsed.GetValue(_run), parsed.GetValue(_export)) switch
            {
                ({ } name, null) => responses.PrintAsync(parsed.GetRequiredValue(_batch), name, cancellation),
                (null, { } target) => responses.ExportAsync(parsed.GetRequiredValue(_batch), target, cancellation),
                _ => throw WrongWords(),
            };
            return await answer;
        }

        var folder = _place.Folder(parsed);
        using var reader = SqliteWorkspace.OpenExisting(folder).OpenReader();
        var batch = BatchLookup.Find(reader, parsed.GetRequiredValue(_batch)).OrThrow(folder);
        switch (parsed.GetValue(_run), parsed.GetValue(_export))
        {
            case ({ } name, null):
                Print(reader, batch, RunLookup.Find(reader, batch, name).OrThrow(folder));
                break;

            case (null, { } directory):
                Export(reader, batch, directory, Screen);
                Warn(reader.Runs(batch.Number).Count(ResponseLookup.HoldsKey));
                break;

            default:
                throw WrongWords();
        }

        return ExitCode.Success;
    }

    private static UserErrorException WrongWords() => new("response: name a RUN, or --export DIR for all of them");

    private void Print(IJournalReader reader, BatchRecord batch, RunRecord run)
    {
        using var output = Screen.OpenOutput();
        Warn(ResponseLookup.HoldsKey(run) ? 1 : 0);
        if (!reader.CopyResponse(batch.Number, run.Index, output))
        {
            throw new UserErrorException(ResponseLookup.WhyMissing(reader, batch, run, run.Name.OneLine()));
        }
    }

    /// <summary>A response leaves this program to the byte, so that it is its reader who has to know.</summary>
    private void Warn(int keys)
    {
        if (keys > 0)
        {
            Screen.Complain(
                keys == 1
                    ? "this response holds the service's key: show it to no one who may not have that"
                    : $"{keys} of these responses hold the service's key: show them to no one who may not have that"
            );
        }
    }

    private static void Export(IJournalReader reader, BatchRecord batch, DirectoryInfo folder, Screen screen)
    {
        try
        {
            folder.Create();
            var count = 0L;
            foreach (var response in reader.Responses(batch.Number))
            {
                using var file = File.Create(Path.Combine(folder.FullName, ResponseFileName.Of(response)));
                reader.CopyResponse(batch.Number, response.Run, file);
                count++;
            }

            screen.Say(string.Create(CultureInfo.InvariantCulture, $"{batch.Id}: {count} responses in {folder}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--export: {folder} cannot be written: {e.Message}", e);
        }
    }
}
