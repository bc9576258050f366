using System.ComponentModel;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AimmsOrchestrator.Server.Http;

/// <summary>Compares two batches, run by run.</summary>
internal static class DiffEndpoint
{
    /// <summary>Says whether the two batches differ, beside a file that does not.</summary>
    private const string Differ = "Aimms-Batches-Differ";

    private const string Table = "table";
    private const int MostRows = 1000;

    public static Task<IResult> AnswerAsync([AsParameters] Query query, BatchAccess batches, HttpContext context)
    {
        var (before, after, format) = (query.Before, query.After, query.Format);
        if (batches.Find(before) is not { } first || batches.Find(after) is not { } second)
        {
            return Task.FromResult<IResult>(BatchAccess.Missing(batches.Find(before) is null ? before : after));
        }

        if (format is not (Table or "csv" or "jsonl" or "html"))
        {
            return RefuseAsync($"format: \"{format}\" is not one of table, csv, jsonl, html");
        }

        if (query.Relative is < 0 or double.NaN || query.Absolute is < 0 or double.NaN)
        {
            return RefuseAsync("relative, absolute: a tolerance is a number from 0 up");
        }

        var comparison = new BatchComparison(first, second)
        {
            Tolerance = new Tolerance(
                query.Relative ?? Tolerance.Default.Relative,
                query.Absolute ?? Tolerance.Default.Absolute
            ),
            Only = query.Result.Length > 0 ? query.Result : null,
        };
        return comparison.Problem is { } problem
            ? RefuseAsync($"result: {problem}")
            : SendAsync(new Comparing(first, second, comparison, format, query.Most ?? MostRows, batches), context);
    }

    private static Task<IResult> RefuseAsync(string why) => Task.FromResult<IResult>(Problems.Of(400, why));

    private static async Task<IResult> SendAsync(Comparing comparing, HttpContext context)
    {
        if (comparing.Format == Table)
        {
            await comparing.WriteAsync(Stream.Null, context.RequestAborted);
            return TypedResults.Json(comparing.Contents, ViewJsonContext.Default.DifferenceContents);
        }

        await StagedFile.SendAsync(
            output => comparing.WriteAsync(output, context.RequestAborted),
            () =>
            {
                var contents = comparing.Contents!;
                BatchEndpoints.Head(
                    context.Response,
                    BatchEndpoints.FormatOf(comparing.Format)!,
                    $"{contents.Before}+{contents.After}"
                );
                context.Response.Headers[Differ] = contents.HasDifferences ? "true" : "false";
                ViewEndpoints.Warn(context.Response, comparing.Warnings);
            },
            context
        );
        return Results.Empty;
    }

    /// <summary>What is compared with what, and how.</summary>
    internal sealed record Query(
        [FromQuery(Name = "before")] [property: Description("The id of the one batch")] string Before,
        [FromQuery(Name = "after")] [property: Description("The id of the other")] string After,
        [FromQuery(Name = "result")] [property: Description("The results to compare; all if left out")] string[] Result,
        [FromQuery(Name = "relative")]
        [property: Description("The relative difference that is none: 1e-9 if left out")]
            double? Relative = null,
        [FromQuery(Name = "absolute")]
        [property: Description("The absolute difference that is none")]
            double? Absolute = null,
        [FromQuery(Name = "format")]
        [property: Description("table (as JSON), csv, jsonl or html")]
            string Format = Table,
        [FromQuery(Name = "most")] [property: Description("How many rows a table has at most")] int? Most = null
    );

    /// <summary>One comparison under way.</summary>
    private sealed record Comparing(
        BatchRecord First,
        BatchRecord Second,
        BatchComparison Comparison,
        string Format,
        int Most,
        BatchAccess Batches
    )
    {
        public List<string> Warnings { get; } = [];

        public DifferenceContents? Contents { get; private set; }

        /// <exception cref="BadHttpRequestException">A result was named that no run has.</exception>
        public async Task WriteAsync(Stream output, CancellationToken cancellation)
        {
            var summary = await Comparison.WriteAsync(
                Format,
                output,
                Batches.Workspace,
                Most,
                Warnings.Add,
                cancellation
            );
            Contents = DifferenceContents.Of(First, Second, summary, Batches.Reader);
            if (Comparison.Problem is { } problem)
            {
                throw new BadHttpRequestException($"result: {problem}", StatusCodes.Status400BadRequest);
            }
        }
    }
}
