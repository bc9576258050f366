using System.Text.Json;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What callers change of batches: runners of their own, admins of any.</summary>
internal static class ControlEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Post(api, "pause", "Makes no other submit until it is continued", PauseAsync);
        Post(api, "continue", "Submits again", ContinueAsync);
        Post(api, "resume", "Continues a batch that stopped before its end", ResumeAsync);
        api.MapPatch("/batches/{id}", PatchAsync)
            .RequireAuthorization(Callers.Runner)
            .Described("changeBatch", "Changes limits or the priority", 400, 404, 409, 415, 422)
            .Accepts<ChangeDocument>("application/json")
            .Produces<BatchDocument>();
    }

    private static void Post(
        IEndpointRouteBuilder api,
        string action,
        string summary,
        Func<BatchChange, BatchRecord, Task<BatchProblem?>> act
    ) =>
        api.MapPost(
                $"/batches/{{id}}/{action}",
                ([AsParameters] BatchChange change) => change.MakeAsync(action, batch => act(change, batch))
            )
            .RequireAuthorization(Callers.Runner)
            .Described($"{action}Batch", summary, 404, 409)
            .Produces<BatchDocument>(202)
            .DisableAntiforgery();

    private static async Task<BatchProblem?> PauseAsync(BatchChange change, BatchRecord batch) =>
        (await change.Controls.PauseAsync(batch, change.Author)).Problem;

    private static async Task<BatchProblem?> ContinueAsync(BatchChange change, BatchRecord batch)
    {
        change.RefuseFull(batch);
        return (await change.Controls.ContinueAsync(batch, change.Author)).Problem;
    }

    private static async Task<BatchProblem?> ResumeAsync(BatchChange change, BatchRecord batch)
    {
        if (batch.IsFinished)
        {
            return new BatchProblem.Over(batch);
        }

        change.RefuseFull(batch);
        return (await change.Fleet.ResumeAsync(batch)).Problem;
    }

    private static async Task<IResult> PatchAsync([AsParameters] BatchChange change, ChangeDocument document)
    {
        if (document.Unknown is { Count: > 0 } unknown)
        {
            return Problems.Of(400, $"\"{unknown.First().Key}\" cannot be changed: limits and priority can");
        }

        var settings = Settings(document);
        if (settings.Count == 0)
        {
            return Problems.Of(400, "nothing is changed: send { \"limits\": { \"concurrency\": 4 } }");
        }

        return await change.MakeAsync(
            "set",
            async batch => (await change.Controls.SetAsync(batch, settings, change.Author)).Problem,
            string.Join(" ", settings.Select(setting => $"{setting.Key}={setting.Value}")),
            StatusCodes.Status200OK
        );
    }

    private static List<KeyValuePair<string, string>> Settings(ChangeDocument document) =>
        [
            .. (document.Limits ?? new Dictionary<string, JsonElement>()).Select(limit =>
                KeyValuePair.Create($"limits.{limit.Key}", Text(limit.Value))
            ),
            .. (document.Set ?? []).Select(Assignment),
            .. document.Priority is { } priority
                ? [KeyValuePair.Create("priority", priority)]
                : Array.Empty<KeyValuePair<string, string>>(),
        ];

    private static KeyValuePair<string, string> Assignment(string written)
    {
        var equals = written.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? KeyValuePair.Create(written.Trim(), "")
            : KeyValuePair.Create(written[..equals].Trim(), written[(equals + 1)..]);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "none",
            _ => value.GetRawText(),
        };
}

/// <summary>What a caller asks to change of a batch.</summary>
internal sealed record BatchChange(
    [FromRoute(Name = "id")] string Id,
    HttpContext Context,
    BatchAccess Batches,
    AccessControl Access,
    BatchFleet Fleet,
    TimeProvider Time
)
{
    public string Author => Context.User.Author();

    public BatchControls Controls => new(Batches.Workspace, Time);

    /// <summary>Carries the change out, and writes down who made it.</summary>
    /// <param name="action">What it is called in the record of changes.</param>
    /// <param name="act">Carries it out; a problem where it cannot.</param>
    /// <param name="detail">What else is written down; null for nothing.</param>
    /// <param name="success">The status of a change that was made.</param>
    /// <param name="answer">Gives the answer; the batch as it is then by default.</param>
    public async Task<IResult> MakeAsync(
        string action,
        Func<BatchRecord, Task<BatchProblem?>> act,
        string? detail = null,
        int success = StatusCodes.Status202Accepted,
        Func<IResult>? answer = null
    )
    {
        if (Batches.Find(Id) is not { } batch)
        {
            return BatchAccess.Missing(Id);
        }

        if (!Context.User.MayChange(batch))
        {
            return Problems.Of(
                403,
                $"{Id} belongs to {batch.Owner ?? "the command line"}: only its owner or an admin may do this"
            );
        }

        if (await act(batch) is { } problem)
        {
            return Problems.Of(problem);
        }

        Access.Audit(Author, action, Id, detail);
        if (answer is not null)
        {
            return answer();
        }

        return TypedResults.Json(
            Batches.DocumentOf(Batches.Find(Id) ?? batch),
            BatchJsonContext.Default.BatchDocument,
            statusCode: success
        );
    }

    /// <exception cref="BadHttpRequestException">The owner has stored as much as the server allows: it would be paused at once.</exception>
    public void RefuseFull(BatchRecord batch)
    {
        if (Fleet.Quota.WhyFull(batch.Owner, ResponseQuota.Stored(Batches.Reader)) is { } why)
        {
            throw new BadHttpRequestException(why, StatusCodes.Status409Conflict);
        }
    }
}
