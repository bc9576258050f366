using System.Security.Claims;
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
        Func<Change, Task<BatchProblem?>> act
    ) =>
        api.MapPost(
                $"/batches/{{id}}/{action}",
                (
                    string id,
                    ClaimsPrincipal caller,
                    BatchAccess batches,
                    AccessControl access,
                    BatchFleet fleet,
                    TimeProvider time
                ) =>
                    ChangeAsync(
                        id,
                        action,
                        caller,
                        batches,
                        access,
                        batch => act(new Change(batch, caller.Author(), batches, fleet, time))
                    )
            )
            .RequireAuthorization(Callers.Runner)
            .Described($"{action}Batch", summary, 404, 409)
            .Produces<BatchDocument>(202)
            .DisableAntiforgery();

    /// <summary>Carries a change out, and writes down who made it.</summary>
    internal static async Task<IResult> ChangeAsync(
        string id,
        string action,
        ClaimsPrincipal caller,
        BatchAccess batches,
        AccessControl access,
        Func<BatchRecord, Task<BatchProblem?>> act,
        string? detail = null,
        int success = StatusCodes.Status202Accepted,
        Func<IResult>? answer = null
    )
    {
        if (batches.Find(id) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        if (!caller.MayChange(batch))
        {
            return Problems.Of(
                403,
                $"{id} belongs to {batch.Owner ?? "the command line"}: only its owner or an admin may do this"
            );
        }

        if (await act(batch) is { } problem)
        {
            return Problems.Of(problem);
        }

        access.Audit(caller.Author(), action, id, detail);
        if (answer is not null)
        {
            return answer();
        }

        return TypedResults.Json(
            batches.DocumentOf(batches.Find(id) ?? batch),
            BatchJsonContext.Default.BatchDocument,
            statusCode: success
        );
    }

    private static async Task<BatchProblem?> PauseAsync(Change change) =>
        (await change.Controls.PauseAsync(change.Batch, change.Author)).Problem;

    private static async Task<BatchProblem?> ContinueAsync(Change change)
    {
        RefuseFull(change.Batch, change.Batches, change.Fleet);
        return (await change.Controls.ContinueAsync(change.Batch, change.Author)).Problem;
    }

    private static async Task<BatchProblem?> ResumeAsync(Change change)
    {
        if (change.Batch.IsFinished)
        {
            return new BatchProblem.Over(change.Batch);
        }

        RefuseFull(change.Batch, change.Batches, change.Fleet);
        return (await change.Fleet.ResumeAsync(change.Batch)).Problem;
    }

    /// <exception cref="BadHttpRequestException">The owner has stored as much as the server allows: it would be paused at once.</exception>
    internal static void RefuseFull(BatchRecord batch, BatchAccess batches, BatchFleet fleet)
    {
        if (fleet.Quota.WhyFull(batch.Owner, ResponseQuota.Stored(batches.Reader)) is { } why)
        {
            throw new BadHttpRequestException(why, StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> PatchAsync(
        string id,
        ChangeDocument change,
        ClaimsPrincipal caller,
        BatchAccess batches,
        AccessControl access,
        TimeProvider time
    )
    {
        if (change.Unknown is { Count: > 0 } unknown)
        {
            return Problems.Of(400, $"\"{unknown.First().Key}\" cannot be changed: limits and priority can");
        }

        var settings = Settings(change);
        if (settings.Count == 0)
        {
            return Problems.Of(400, "nothing is changed: send { \"limits\": { \"concurrency\": 4 } }");
        }

        return await ChangeAsync(
            id,
            "set",
            caller,
            batches,
            access,
            async batch =>
                (await new BatchControls(batches.Workspace, time).SetAsync(batch, settings, caller.Author())).Problem,
            string.Join(" ", settings.Select(setting => $"{setting.Key}={setting.Value}")),
            StatusCodes.Status200OK
        );
    }

    private static List<KeyValuePair<string, string>> Settings(ChangeDocument change) =>
        [
            .. (change.Limits ?? new Dictionary<string, JsonElement>()).Select(limit =>
                KeyValuePair.Create($"limits.{limit.Key}", Text(limit.Value))
            ),
            .. (change.Set ?? []).Select(Assignment),
            .. change.Priority is { } priority
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

    private sealed record Change(
        BatchRecord Batch,
        string Author,
        BatchAccess Batches,
        BatchFleet Fleet,
        TimeProvider Time
    )
    {
        public BatchControls Controls => new(Batches.Workspace, Time);
    }
}
