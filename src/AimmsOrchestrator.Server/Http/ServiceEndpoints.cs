using System.ComponentModel;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>The services, and who did what.</summary>
internal static class ServiceEndpoints
{
    private const int MostEntries = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/services", Services)
            .RequireAuthorization(Callers.Viewer)
            .Described("listServices", "Each service: its limits, its unfinished tasks, its slots by batch, its state");
        api.MapGet("/audit", Audit)
            .RequireAuthorization(Callers.Admin)
            .Described("listAudit", "What people did, the newest first");
    }

    private static Ok<IReadOnlyList<ServiceState>> Services(
        ServerOptions options,
        BatchFleet fleet,
        BatchAccess batches,
        ReaderPool readers,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var accounts = readers
            .ReadAccounts(book => book.Accounts(now))
            .ToDictionary(account => account.Name, StringComparer.Ordinal);
        return TypedResults.Ok<IReadOnlyList<ServiceState>>([
            .. options.Settings.Services.All().Profiles.Select(StateOf),
        ]);

        ServiceState StateOf(ServiceProfile profile)
        {
            var account = accounts.GetValueOrDefault(ServiceAccount.NameOf(profile.Url));
            var here = fleet.Host.Driven.Where(batch => IsOf(batch.Scenario.Profile, profile)).ToList();
            var away = here.Select(batch => batch.Latest?.Away).FirstOrDefault(message => message is not null);
            var held = (account?.PausedUntil - now)?.TotalSeconds;
            IReadOnlyList<KeyValuePair<string, int>> slots = account is null
                ? UnderWay(here)
                : [.. account.Slots.Select(slot => KeyValuePair.Create(slot.Key.Value, slot.Value))];
            return new ServiceState
            {
                Name = profile.Name,
                Url = profile.Url,
                App = profile.App,
                Limits = new ServiceLimits(
                    profile.Ceilings.UnfinishedTasks,
                    profile.Ceilings.Submits is { } submits ? RateReader.Text(submits) : null,
                    profile.Ceilings.Requests is { } requests ? RateReader.Text(requests) : null
                ),
                Unfinished = account?.Use.Held ?? slots.Sum(slot => slot.Value),
                Slots = [.. slots.Select(slot => SlotsOf(slot.Key, slot.Value, batches))],
                State =
                    away is not null ? "away"
                    : held > 0 ? "held back"
                    : account?.Use.Held > 0 || here.Count > 0 ? "busy"
                    : "idle",
                Reason = away,
                HeldBackSeconds = held,
            };
        }
    }

    /// <summary>The built-in emulator is no account: each batch has one of its own, and knows alone what is under way there.</summary>
    private static List<KeyValuePair<string, int>> UnderWay(IEnumerable<DrivenBatch> batches) =>
        [
            .. batches
                .Select(batch =>
                    KeyValuePair.Create(
                        batch.Batch.Id.Value,
                        (int)RunStates.UnderWay.Sum(state => batch.Latest?.CountByState[state] ?? 0)
                    )
                )
                .Where(slot => slot.Value > 0),
        ];

    private static bool IsOf(string? used, ServiceProfile profile) =>
        used == profile.Name || used?.StartsWith($"{profile.Name} of ", StringComparison.Ordinal) is true;

    private static BatchSlots SlotsOf(string id, int slots, BatchAccess batches) =>
        new(id, batches.Find(id)?.Owner, slots);

    private static Ok<IReadOnlyList<AuditDocument>> Audit(
        AccessControl access,
        [Description("Only what was done to the batch of this id")] string? batch = null,
        [Description("How many entries at most: 100 if left out, 1000 at most")] int? limit = null
    ) =>
        TypedResults.Ok<IReadOnlyList<AuditDocument>>([
            .. access
                .Trail(batch, Math.Clamp(limit ?? 100, 1, MostEntries))
                .Select(entry => new AuditDocument(entry.At, entry.Author, entry.Action, entry.Batch, entry.Detail)),
        ]);
}

/// <summary>A service and what goes on there.</summary>
public sealed record ServiceState
{
    public required string Name { get; init; }
    public required string Url { get; init; }
    public required string? App { get; init; }
    public required ServiceLimits Limits { get; init; }

    /// <summary>
    /// Tasks at the service's account that have not ended, of all batches of the workspace, whichever process drives them. Services
    /// of one address are one account.
    /// </summary>
    public required long Unfinished { get; init; }

    /// <summary>These by batch.</summary>
    public required IReadOnlyList<BatchSlots> Slots { get; init; }

    /// <summary>idle, busy, held back (the service asks for fewer requests) or away (it cannot be reached).</summary>
    public required string State { get; init; }

    /// <summary>Why it is away; null where it is not.</summary>
    public required string? Reason { get; init; }

    /// <summary>For how many more seconds the service asks for no requests; null where it does not.</summary>
    public required double? HeldBackSeconds { get; init; }
}

/// <summary>What no batch may exceed; null for no ceiling.</summary>
public sealed record ServiceLimits(int? Concurrency, string? Submits, string? Requests);

/// <summary>The slots of an account that a batch holds.</summary>
public sealed record BatchSlots(string Batch, string? Owner, long Slots);

/// <summary>What a person did.</summary>
public sealed record AuditDocument(DateTimeOffset At, string Author, string Action, string? Batch, string? Detail);
