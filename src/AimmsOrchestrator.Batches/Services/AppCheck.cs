using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>Checks whether an account has a profile's app and its version.</summary>
internal sealed class AppCheck(TaskServiceClient client)
{
    /// <returns>Why the app cannot be used, or what was found.</returns>
    public async Task<(string? Problem, string? Finding)> CheckAsync(
        ServiceProfile profile,
        CancellationToken cancellation
    )
    {
        var (app, version) = (profile.App!, profile.Version);
        var apps = await client.ListAppsAsync(cancellation);
        if (!apps.IsSuccess || apps.Value.All.Count == 0)
        {
            return (null, await SeenAsync(app, version, cancellation));
        }

        var versions = apps.Value.All.Where(one => one.Name == app).Select(one => one.Version).ToList();
        if (versions.Count == 0)
        {
            return ($"the account has no app \"{app}\"{Hint(app, apps.Value.All.Select(one => one.Name))}", null);
        }

        var known = versions.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return version is null || known.Count == 0 || known.Contains(version)
            ? (null, $"{app} {version ?? "(latest)"} there")
            : ($"{app} has no version \"{version}\"{Hint(version, known)}", null);
    }

    /// <summary>A key for tasks may not read the list of apps, or see none there; tasks of the app show that it is there.</summary>
    private async Task<string> SeenAsync(string app, string? version, CancellationToken cancellation)
    {
        var tasks = await client.ListAsync(new TaskFilter { App = app, Version = version }, cancellation);
        return tasks is { IsSuccess: true, Value.Total: > 0 }
            ? $"{app} {version ?? "(latest)"} has tasks there"
            : $"whether {app} {version ?? "(latest)"} is there shows only when a task is submitted";
    }

    private static string Hint(string word, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        return DidYouMean.Among(word, names) is { } near ? $"; did you mean \"{near}\"?"
            : names.Count > 0 ? $"; it has {string.Join(", ", names.Take(8))}"
            : "";
    }
}
