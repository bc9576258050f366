using System.Text.Json;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>The batches of a server, as the command line shows them.</summary>
/// <param name="server">The server.</param>
internal sealed class RemoteBatches(RemoteServer server)
{
    private const int Page = 1000;

    /// <summary>The batch that a person means.</summary>
    /// <param name="name">Its id, a scenario's name, or null for the latest of all.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="running">Whether one that is driven is meant where no name is given.</param>
    public async Task<BatchDocument> FindAsync(string? name, CancellationToken cancellation, bool running = false)
    {
        var found = await server.GetAsync(
            $"api/find?running={(running ? "true" : "false")}{(name is null ? "" : $"&batch={Escape(name)}")}",
            BatchJsonContext.Default.BatchDocument,
            cancellation
        );
        return IsId(found.Batch) ? found : throw ServerProblemException.NotOurs(server.Address);
    }

    /// <summary>Whether a word can be a batch's id: files are called so, and a server that is none must not choose where they lie.</summary>
    public static bool IsId(string word) =>
        word.Length is > 0 and <= 200
        && word[0] != '.'
        && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>All batches, the latest first.</summary>
    public async Task<IReadOnlyList<BatchDocument>> ListAsync(CancellationToken cancellation)
    {
        var all = new List<BatchDocument>();
        while (true)
        {
            var before = all.Count == 0 ? "" : $"&before={Escape(all[^1].Batch)}";
            var page = await server.GetAsync(
                $"api/batches?sizes=true&limit={Page}{before}",
                BatchJsonContext.Default.IReadOnlyListBatchDocument,
                cancellation
            );
            all.AddRange(page);
            if (page.Count < Page)
            {
                return all;
            }
        }
    }

    /// <summary>Where a batch stands.</summary>
    public Task<StatusContents> StatusAsync(string id, CancellationToken cancellation) =>
        server.GetAsync($"{PathOf(id)}/status", ViewJsonContext.Default.StatusContents, cancellation);

    /// <summary>How a batch went that was left.</summary>
    public Task<SummaryContents> SummaryAsync(string id, bool asJson, CancellationToken cancellation) =>
        server.GetAsync(
            $"{PathOf(id)}/summary?json={(asJson ? "true" : "false")}",
            ViewJsonContext.Default.SummaryContents,
            cancellation
        );

    /// <summary>What the expectations of a batch come to.</summary>
    public Task<IReadOnlyList<ExpectationResult>> ExpectationsAsync(string id, CancellationToken cancellation) =>
        server.GetAsync(
            $"{PathOf(id)}/expectations",
            ViewJsonContext.Default.IReadOnlyListExpectationResult,
            cancellation
        );

    /// <summary>The results of batches, for people.</summary>
    /// <param name="ids">The batches.</param>
    /// <param name="warn">Gets what the table must do without.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<ReportTable> TableAsync(
        IReadOnlyList<string> ids,
        Action<string> warn,
        CancellationToken cancellation
    )
    {
        using var answer = await server.OpenAsync(ReportPath(ids, "table"), cancellation);
        var table = await server.ReadAsync(answer, ViewJsonContext.Default.ReportTable, cancellation);
        Warnings(answer).ForEach(warn);
        return table;
    }

    /// <summary>Writes the report of batches.</summary>
    /// <param name="ids">The batches.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="warn">Gets what the report must do without.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task WriteReportAsync(
        IReadOnlyList<string> ids,
        string format,
        Stream output,
        Action<string> warn,
        CancellationToken cancellation
    )
    {
        using var answer = await server.OpenAsync(ReportPath(ids, format), cancellation);
        Warnings(answer).ForEach(warn);
        await server.CopyAsync(answer, output, cancellation);
    }

    /// <summary>Two batches compared.</summary>
    public Task<DifferenceContents> CompareAsync(string query, CancellationToken cancellation) =>
        server.GetAsync($"api/diff?format=table&{query}", ViewJsonContext.Default.DifferenceContents, cancellation);

    /// <summary>Writes two batches compared.</summary>
    /// <returns>Whether they differ.</returns>
    public async Task<bool> WriteDifferenceAsync(
        string query,
        string format,
        Stream output,
        Action<string> warn,
        CancellationToken cancellation
    )
    {
        using var answer = await server.OpenAsync($"api/diff?format={format}&{query}", cancellation);
        if (!answer.Headers.TryGetValues("Aimms-Batches-Differ", out var differ))
        {
            throw ServerProblemException.NotOurs(server.Address, answer);
        }

        Warnings(answer).ForEach(warn);
        await server.CopyAsync(answer, output, cancellation);
        return differ.First() == "true";
    }

    /// <summary>A word for an address.</summary>
    public static string Escape(string word) => Uri.EscapeDataString(word);

    /// <summary>The address of a batch, below the server's.</summary>
    public static string PathOf(string id) => $"api/batches/{Escape(id)}";

    private static string ReportPath(IReadOnlyList<string> ids, string format) =>
        $"api/reports?format={format}&{string.Join('&', ids.Select(id => $"batch={Escape(id)}"))}";

    private static List<string> Warnings(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Aimms-Batch-Warnings", out var lists)
            ? [.. JsonSerializer.Deserialize(lists.First(), ViewJsonContext.Default.IReadOnlyListString) ?? []]
            : [];
}
