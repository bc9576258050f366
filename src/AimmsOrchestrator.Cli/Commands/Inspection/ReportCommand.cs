using System.CommandLine;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>The aggregated results of a batch, also while it runs.</summary>
internal sealed class ReportCommand : BaseCommand
{
    private const string Table = "table";

    /// <summary>More than a person reads; the columns' widths follow from all of them, so all are held.</summary>
    private const int RowsShown = 1000;

    private readonly Option<string?> _format = new("--format")
    {
        Description =
            "table for people, "
            + string.Join(", ", ReportFormat.All.Select(format => $"{format.Name} ({format.Description})"))
            + "; if left out, what the output file's name says, else table",
    };

    private readonly Option<FileInfo?> _output = new("--output", "-o")
    {
        Description = "The file to write; standard output if left out",
        HelpName = "FILE",
    };

    private readonly Option<bool> _open = new("--open")
    {
        Description = "Open the page in a browser once it is written; as BATCH.html unless --output names it",
    };

    private readonly Option<DirectoryInfo?> _plots = new("--plots")
    {
        Description = "The folder to write the report's pictures to, as PNG and SVG",
        HelpName = "DIR",
    };

    private readonly Argument<string[]> _batches = new("BATCH")
    {
        Description =
            "A batch's id, or a scenario's name for its latest batch; the latest of all if left out; several are set side by side",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly PlaceOptions _place = new();

    public ReportCommand(CommandServices services)
        : base(
            services,
            "report",
            "Write the results of a batch",
            "report",
            "report transport-whatif --output results.html",
            "report transport-whatif --open",
            "report transport-whatif --output results.xlsx",
            "report transport-whatif-1 transport-whatif-2 --output both.html",
            "report transport-whatif --plots pictures",
            "report transport-whatif-3 --format jsonl | jq .results.cost"
        )
    {
        _format.AcceptOnly(
            [Table, .. ReportFormat.All.Select(format => format.Name)],
            word => ReportFormat.Nearest(word)?.Name
        );
        Declare([_batches, _format, _output, _open, _plots, .. _place.All]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var format = Format(parsed);
        string?[] names = parsed.GetValue(_batches) is { Length: > 0 } named ? [.. named] : [null];
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            var batches = new RemoteBatches(server);
            var ids = new List<string>();
            foreach (var name in names)
            {
                ids.Add((await batches.FindAsync(name, cancellation)).Batch);
            }

            RefuseTwice(ids);
            return await WriteAsync(parsed, format, new RemoteReport(batches, ids, Screen.Complain), cancellation);
        }

        var folder = _place.Folder(parsed);
        using var reader = SqliteWorkspace.OpenExisting(folder).OpenReader();
        return await WriteAsync(parsed, format, new LocalReport(Source(reader, names, folder)), cancellation);
    }

    private async Task<int> WriteAsync(
        ParseResult parsed,
        ReportFormat? format,
        IReportOrigin source,
        CancellationToken cancellation
    )
    {
        var plots = parsed.GetValue(_plots);
        if (plots is not null)
        {
            Draw(Screen, plots, source);
        }

        if (parsed.GetValue(_open))
        {
            var page =
                parsed.GetValue(_output)
                ?? new FileInfo(
                    $"{source.Title.Replace(", ", "+", StringComparison.Ordinal)}.{ReportFormat.Page.Name}"
                );
            await OutputFile.WriteAsync(page, output => source.WriteAsync(ReportFormat.Page, output, cancellation));
            Screen.Say($"report: {page}");
            await PageOpener.OpenAsync(page);
            return ExitCode.Success;
        }

        switch (format, parsed.GetValue(_output))
        {
            case (null, _) when plots is not null:
                break;

            case (null, _):
                ResultsView.Write(Screen.Data, await source.TableAsync(RowsShown, cancellation));
                break;

            case ({ } chosen, { } file):
                await OutputFile.WriteAsync(file, output => source.WriteAsync(chosen, output, cancellation));
                break;

            case ({ } chosen, null):
                await source.WriteToAsync(Screen.OpenOutput(), chosen, cancellation);
                break;
        }

        return ExitCode.Success;
    }

    private IReportSource Source(IJournalReader reader, string?[] names, string folder)
    {
        var batches = names.Select(name => BatchLookup.Find(reader, name).OrThrow(folder)).ToList();
        RefuseTwice([.. batches.Select(batch => batch.Id.Value)]);
        return batches is [var one]
            ? new ReportSource(reader, one, Screen.Complain) { HasProcessAlone = true }
            : new CombinedReportSource(reader, batches, Tolerance.Default, Screen.Complain) { HasProcessAlone = true };
    }

    private static void RefuseTwice(IReadOnlyList<string> batches)
    {
        if (batches.CountBy(batch => batch).FirstOrDefault(batch => batch.Value > 1) is { Value: > 1 } twice)
        {
            throw new UserErrorException($"report: {twice.Key} is named twice; name each batch once");
        }
    }

    private static void Draw(Screen screen, DirectoryInfo folder, IReportOrigin source)
    {
        try
        {
            var count = source.Draw(folder);
            screen.Say($"{count} pictures, each as PNG and SVG, in {folder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--plots: {folder} cannot be written: {e.Message}");
        }
    }

    /// <summary>What is to be written; null for a table on the terminal.</summary>
    /// <exception cref="UserErrorException">It cannot go where it is to go.</exception>
    private ReportFormat? Format(ParseResult parsed)
    {
        var (name, file) = (parsed.GetValue(_format), parsed.GetValue(_output));
        if (parsed.GetValue(_open))
        {
            return name is null || name == ReportFormat.Page.Name
                ? OfPage(file)
                : throw new UserErrorException($"--open: opens a page, so it takes no --format {name}");
        }

        var files = string.Join(", ", ReportFormat.All.Select(format => $".{format.Name}"));
        switch (name, file)
        {
            case (null, null) or (Table, null):
                return null;

            case (Table, _):
                throw new UserErrorException(
                    $"--output: a table is for the terminal; name a file that ends in {files}"
                );

            case (null, { } output):
                return ReportFormat.OfFile(output)
                    ?? throw new UserErrorException(
                        $"--output: {output} does not say which format; add --format, or name a file that ends in {files}{Hint(output)}"
                    );
        }

        var format = ReportFormat.All.Single(f => f.Name == name);
        return format.IsText || file is not null || Console.IsOutputRedirected
            ? format
            : throw new UserErrorException($"--format {name}: not for a terminal; add --output FILE.{name}");
    }

    private static ReportFormat OfPage(FileInfo? file) =>
        file is null || ReportFormat.OfFile(file) is null || ReportFormat.OfFile(file) == ReportFormat.Page
            ? ReportFormat.Page
            : throw new UserErrorException($"--open: opens a page; {file} is none, name a file that ends in .html");

    private static string Hint(FileInfo file) =>
        file.Extension.TrimStart('.') is { Length: > 0 } word && ReportFormat.Nearest(word) is { } near
            ? $"; did you mean \".{near.Name}\"?"
            : "";
}
