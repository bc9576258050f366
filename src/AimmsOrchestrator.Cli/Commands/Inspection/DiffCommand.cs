using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Reports.Comparison;

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
    private readonly PlaceOptions _place = new();

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
        Declare([_before, _after, _relative, _absolute, _results, _all, _format, _output, .. _place.All]);
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
        using var server = _place.Server(parsed, Services);
        if (server is not null)
        {
            return await CompareAsync(new RemoteBatches(server), parsed, format, cancellation);
        }

        var folder = _place.Folder(parsed);
        var workspace = SqliteWorkspace.OpenExisting(folder);
        using var reader = workspace.OpenReader();
        var before = BatchLookup.Find(reader, parsed.GetRequiredValue(_before)).OrThrow(folder);
        var after = BatchLookup.Find(reader, parsed.GetRequiredValue(_after)).OrThrow(folder);
        var comparison = new BatchComparison(before, after)
        {
            Tolerance = new Tolerance(parsed.GetValue(_relative), parsed.GetValue(_absolute)),
            Only = parsed.GetValue(_results) is { Length: > 0 } only ? only : null,
        };
        Refuse(comparison);
        DifferenceSummary? summary = null;
        await WriteAsync(
            format,
            parsed.GetValue(_output),
            async output =>
            {
                summary = await comparison.WriteAsync(
                    format,
                    output,
                    workspace,
                    Kept(parsed),
                    Screen.Complain,
                    cancellation
                );
                Refuse(comparison);
            }
        );
        return Conclude(DifferenceContents.Of(before, after, summary!, reader), format);
    }

    private async Task<int> CompareAsync(
        RemoteBatches batches,
        ParseResult parsed,
        string format,
        CancellationToken cancellation
    )
    {
        var before = await batches.FindAsync(parsed.GetRequiredValue(_before), cancellation);
        var after = await batches.FindAsync(parsed.GetRequiredValue(_after), cancellation);
        var results = (parsed.GetValue(_results) ?? []).Select(name => $"&result={RemoteBatches.Escape(name)}");
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"before={RemoteBatches.Escape(before.Batch)}&after={RemoteBatches.Escape(after.Batch)}&relative={parsed.GetValue(_relative):R}&absolute={parsed.GetValue(_absolute):R}&most={Kept(parsed)}{string.Concat(results)}"
        );
        if (format == Table)
        {
            return Conclude(await batches.CompareAsync(query, cancellation), format);
        }

        var differ = false;
        await WriteAsync(
            format,
            parsed.GetValue(_output),
            async output =>
                differ = await batches.WriteDifferenceAsync(query, format, output, Screen.Complain, cancellation)
        );
        return differ ? ExitCode.Differ : ExitCode.Success;
    }

    /// <summary>How many runs a table shows.</summary>
    private int Kept(ParseResult parsed) => parsed.GetValue(_all) ? int.MaxValue : RowsShown;

    private static void Refuse(BatchComparison comparison)
    {
        if (comparison.Problem is { } problem)
        {
            throw new UserErrorException($"--result: {problem}");
        }
    }

    /// <summary>Shows the table, where it is wanted.</summary>
    /// <returns>The exit code.</returns>
    private int Conclude(DifferenceContents contents, string format)
    {
        if (format == Table)
        {
            DifferenceView.Write(Screen.Data, contents);

            // A result that was cut may differ from one that was not, and mean nothing by it.
            foreach (var batch in new[] { contents.Before, contents.After })
            {
                if (contents.Incumbents.TryGetValue(batch, out var count))
                {
                    Screen.Say($"{batch}: {count} of the results are incumbents, cut before their solvers' end");
                }
            }
        }

        return contents.HasDifferences ? ExitCode.Differ : ExitCode.Success;
    }

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

    private async Task WriteAsync(string format, FileInfo? file, Func<Stream, Task> writeAsync)
    {
        if (format == Table)
        {
            await writeAsync(Stream.Null);
        }
        else if (file is not null)
        {
            await OutputFile.WriteAsync(file, writeAsync);
        }
        else
        {
            await using var standard = Screen.OpenOutput();
            await writeAsync(standard);
        }
    }
}
