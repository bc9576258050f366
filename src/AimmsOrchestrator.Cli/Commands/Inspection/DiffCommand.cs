using System.CommandLine;
using System.Text;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Commands.Inspection;

/// <summary>Two batches side by side; the exit code says whether they differ, so that a scenario can be a regression test.</summary>
internal sealed class DiffCommand : BaseCommand
{
    private const int RowsShown = 30;
    private const string Table = "table";
    private const string Page = "html";
    private static readonly string[] Formats = [Table, "csv", "jsonl", Page];

    private readonly Argument<string> _before = new("BEFORE") { Description = "A batch's id, or a scenario's name" };
    private readonly Argument<string> _after = new("AFTER") { Description = "The batch to compare with it" };
    private readonly Option<double> _relative = Number(
        "--tolerance",
        "How far apart two numbers may be, as a share of the larger one: 1e-9 unless given, 0.01 is 1 %",
        Tolerance.Default.Relative
    );
    private readonly Option<double> _absolute = Number(
        "--absolute",
        "How far apart two numbers may be in the result's own unit, whatever their share: 0 unless given",
        Tolerance.Default.Absolute
    );
    private readonly Option<string[]> _results = new("--result")
    {
        Description = "Compare this result only; may be repeated",
        HelpName = "NAME",
    };
    private readonly Option<bool> _all = new("--all") { Description = "Show every run that differs, not the first 30" };
    private readonly Option<string?> _format = new("--format")
    {
        Description =
            "table for people; csv or jsonl, a row or an object for each run that differs; html, a page with all runs of both; "
            + "if left out, what the output file's name says, else table",
    };
    private readonly Option<FileInfo?> _output = new("--output", "-o")
    {
        Description = "The file to write csv, jsonl or html to; standard output if left out",
        HelpName = "FILE",
    };
    private readonly Option<string> _workspace = SharedOptions.Workspace();

    public DiffCommand(CommandServices services)
        : base(
            services,
            "diff",
            "Compare two batches, run by run; exit code 1 where they differ",
            "diff transport-whatif-1 transport-whatif-2",
            "diff transport-whatif-1 transport-whatif-2 --result cost --tolerance 0.001",
            "diff transport-whatif-1 transport-whatif-2 --output both.html"
        )
    {
        _format.AcceptOnly(Formats);
        Declare(_before, _after, _relative, _absolute, _results, _all, _format, _output, _workspace);
    }

    private static Option<double> Number(string name, string description, double fallback)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            HelpName = "NUMBER",
        };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens is [{ Value: var text }]
                && result.TryGet<double>(out var number)
                && !(number is >= 0 and < double.PositiveInfinity)
            )
            {
                result.AddError($"{name}: \"{text}\" is not a number from 0 up");
            }
        });
        return option;
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var format = Format(parsed);
        var folder = parsed.GetRequiredValue(_workspace);
        var workspace = Workspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        using var other = workspace.OpenReader();
        var before = BatchLookup.Find(reader, parsed.GetRequiredValue(_before)).OrThrow(folder);
        var after = BatchLookup.Find(reader, parsed.GetRequiredValue(_after)).OrThrow(folder);
        var tolerance = new Tolerance(parsed.GetValue(_relative), parsed.GetValue(_absolute));
        var only = Only(parsed, before, after);
        var derived = Derived(reader, before, after);
        var names = new ResultNames(AreDeclared(before, after) ? null : only);
        var summary = new DifferenceSummary(parsed.GetValue(_all) ? int.MaxValue : RowsShown);
        var runs = new BatchDifference(tolerance, only)
            .Runs(
                Without(derived, before),
                Without(derived, after),
                () => names.Of(Runs(reader, before)),
                names.Of(Runs(other, after))
            )
            .Select(run =>
            {
                summary.Add(run);
                return run;
            });
        await WriteAsync(
            names.Checked(runs),
            format,
            parsed.GetValue(_output),
            output =>
                ReportFormat.Page.WriteAsync(
                    new CombinedReportSource(reader, [before, after], tolerance, Screen.Complain),
                    output,
                    cancellation
                )
        );
        if (format == Table)
        {
            DifferenceView.Write(Screen.Data, before, after, summary);
            SayIncumbents(reader, before);
            SayIncumbents(other, after);
        }

        return summary.HasDifferences ? ExitCode.Differ : ExitCode.Success;
    }

    /// <summary>
    /// The parameters that both batches derive from others: by what they came to, a changed formula would make every run
    /// another one. Batches of older schemas do not have them, so that their scenarios are read.
    /// </summary>
    private static IReadOnlyList<string> Derived(IJournalReader reader, BatchRecord before, BatchRecord after)
    {
        var first = Names(before);
        return first.Count > 0 ? [.. first.Intersect(Names(after), StringComparer.Ordinal)] : [];

        IReadOnlyList<string> Names(BatchRecord batch) =>
            (batch.Design ?? StoredScenarios.Load(batch, reader)?.Design)?.Derived ?? [];
    }

    /// <summary>A result that was cut may differ from one that was not, and mean nothing by it.</summary>
    private void SayIncumbents(IJournalReader reader, BatchRecord batch)
    {
        if (reader.Marks(batch.Number).TryGetValue("incumbent", out var count))
        {
            Screen.Say($"{batch.Id}: {count} of the results are incumbents, cut before their solvers' end");
        }
    }

    private static BatchRecord Without(IReadOnlyList<string> names, BatchRecord batch) =>
        batch with
        {
            ParameterNames = [.. batch.ParameterNames.Except(names, StringComparer.Ordinal)],
        };

    /// <exception cref="UserErrorException">It cannot go where it is to go.</exception>
    private string Format(ParseResult parsed)
    {
        var (named, file) = (parsed.GetValue(_format), parsed.GetValue(_output));
        var extension = file?.Extension.TrimStart('.').ToLowerInvariant();
        var format =
            named
            ?? (
                file is null ? Table
                : Formats.Contains(extension) && extension != Table ? extension!
                : throw new UserErrorException(
                    $"--output: {file} does not say which format; add --format, or name a file that ends in .csv, .jsonl or .html"
                )
            );
        if (format == Table && file is not null)
        {
            throw new UserErrorException(
                "--output: a table is for the terminal; add --format csv, --format jsonl or --format html"
            );
        }

        return format == Page && parsed.GetValue(_results) is { Length: > 0 }
            ? throw new UserErrorException("--result: a page shows every result; leave it out, or take another format")
            : format;
    }

    private async Task WriteAsync(
        IEnumerable<RunDifference> runs,
        string format,
        FileInfo? file,
        Func<Stream, Task> writePageAsync
    )
    {
        if (format is Table or Page)
        {
            foreach (var _ in runs)
            {
                // Each is counted as it goes by.
            }
        }

        Func<Stream, Task>? write = format switch
        {
            Table => null,
            Page => writePageAsync,
            _ => output => WriteToAsync(output, runs, format),
        };
        if (write is not null && file is not null)
        {
            await OutputFile.WriteAsync(file, write);
        }
        else if (write is not null)
        {
            await using var standard = Screen.OpenOutput();
            await write(standard);
        }
    }

    private static async Task WriteToAsync(Stream output, IEnumerable<RunDifference> runs, string format)
    {
        if (format == "jsonl")
        {
            DifferenceReport.WriteJsonLines(output, runs);
            return;
        }

        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var text = new StreamWriter(output, encoding, bufferSize: 1 << 16, leaveOpen: true);
        DifferenceReport.WriteCsv(text, runs);
    }

    /// <summary>Whether both scenarios say which results there are, so that a name can be checked against them.</summary>
    private static bool AreDeclared(BatchRecord before, BatchRecord after) =>
        before.ResultNames.Count > 0 && after.ResultNames.Count > 0;

    private string[]? Only(ParseResult parsed, BatchRecord before, BatchRecord after)
    {
        var only = parsed.GetValue(_results) ?? [];
        var known = before.ResultNames.Union(after.ResultNames, StringComparer.Ordinal).ToList();
        var unknown = only.FirstOrDefault(name =>
            AreDeclared(before, after) && !known.Contains(name, StringComparer.Ordinal)
        );
        return unknown is not null
                ? throw new UserErrorException(
                    $"--result: \"{unknown}\" is not a result of either batch; there are {string.Join(", ", known)}"
                )
            : only.Length > 0 ? only
            : null;
    }

    private static IEnumerable<RunRecord> Runs(IJournalReader reader, BatchRecord batch)
    {
        var planned = batch.End == BatchEnd.AllRunsEnded ? null : StoredScenarios.Load(batch, reader)?.Plan.Runs;
        var waiting = batch.End == BatchEnd.Cancelled ? RunPhase.Cancelled : RunPhase.Pending;
        return reader.Runs(batch.Number).WithPending(planned, waiting);
    }
}
