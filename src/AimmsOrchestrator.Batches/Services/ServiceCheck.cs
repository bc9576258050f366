using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>Checks whether the service of a profile can be used: with requests that only read.</summary>
/// <param name="time">The clock.</param>
/// <param name="environment">Where keys may be.</param>
/// <param name="handler">Replaces the client's own connections; for tests.</param>
public sealed class ServiceCheck(
    TimeProvider time,
    Func<string, string?> environment,
    Func<HttpMessageHandler>? handler = null
)
{
    private static readonly TaskServiceClientOptions Options = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        RequestTimeout = TimeSpan.FromSeconds(20),
        MaxConnections = 2,
    };

    /// <summary>Checks the address, the key, the list, the app and the clock; the first that fails is the problem.</summary>
    public async Task<CheckedService> CheckAsync(ServiceProfile profile, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var found = new CheckedService(profile);
        if (profile.Address is null)
        {
            return found with { Findings = ["each batch starts one of its own"] };
        }

        var key = profile.Key is { } source
            ? await Task.Run(() => KeyReader.Read(source, environment), cancellation)
            : default;
        if (key.Problem is not null)
        {
            return found with { Problem = $"no key: {key.Problem}" };
        }

        using var client = new TaskServiceClient(profile.EndpointWith(key.Key)!, Options, time, handler?.Invoke());
        return await CheckAsync(found, client, cancellation);
    }

    private async Task<CheckedService> CheckAsync(
        CheckedService found,
        TaskServiceClient client,
        CancellationToken cancellation
    )
    {
        var profile = found.Profile;
        var (list, ahead) = await ListAsync(client, cancellation);
        if (!list.IsSuccess)
        {
            return found with { Problem = ProblemOf(list.Fault, profile) };
        }

        found = found with
        {
            ClockAhead = ahead,
            Findings =
            [
                profile.HasKey ? "key accepted" : "reachable",
                list.Value.Total == 1 ? "list usable (1 task)" : $"list usable ({list.Value.Total} tasks)",
            ],
        };
        if (profile.App is null)
        {
            return found;
        }

        var (problem, finding) = await new AppCheck(client).CheckAsync(profile, cancellation);
        return found with
        {
            Problem = problem,
            Findings = [.. found.Findings, .. finding is null ? [] : new[] { finding }],
        };
    }

    /// <summary>
    /// The list in the first form that the service answers: a batch that lost the answer to a submit asks for it in the same
    /// forms. Beside it, how far the service's clock is ahead.
    /// </summary>
    private async Task<(Reply<TaskPage> List, TimeSpan? Ahead)> ListAsync(
        TaskServiceClient client,
        CancellationToken cancellation
    )
    {
        var yesterday = time.GetUtcNow().AddDays(-1);
        TaskFilter[] forms =
        [
            new() { After = yesterday },
            new() { AfterDay = DateOnly.FromDateTime(yesterday.UtcDateTime) },
            new(),
        ];
        Reply<TaskPage>? first = null;
        foreach (var form in forms)
        {
            var before = time.GetUtcNow();
            var list = await client.ListAsync(form, cancellation);
            if (list.IsSuccess)
            {
                return (list, Ahead(list.Value.ServiceTime, before, time.GetUtcNow()));
            }

            first ??= list;
            if (list.Fault.Kind is not (FaultKind.WrongRequest or FaultKind.Unknown))
            {
                break;
            }
        }

        return (first!, null);
    }

    /// <summary>The header has whole seconds: what they can explain is no difference.</summary>
    private static TimeSpan? Ahead(DateTimeOffset? service, DateTimeOffset before, DateTimeOffset after)
    {
        if (service is not { } date)
        {
            return null;
        }

        var (least, most) = (date - after, date.AddSeconds(1) - before);
        return least > TimeSpan.Zero ? least
            : most < TimeSpan.Zero ? most
            : TimeSpan.Zero;
    }

    private static string ProblemOf(ServiceFault fault, ServiceProfile profile) =>
        fault.Kind switch
        {
            FaultKind.Unreachable => $"unreachable: {fault.Message}",
            FaultKind.Refused when profile.HasKey => $"key refused: {fault.Message}",
            FaultKind.Misdirected => $"not the task service: {fault.Message}",
            _ => $"no list of tasks: {fault.Message}",
        };
}
