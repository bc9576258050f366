using System.Globalization;
using System.Text;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms;

/// <summary>The service's URLs. Names that a person typed are percent-encoded: app names have blanks.</summary>
internal sealed class TaskAddresses(ServiceEndpoint endpoint)
{
    private const int LongestAddress = 8000;

    private readonly string _tasks =
        $"{endpoint.Address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{(endpoint.Host == ServiceHost.Cloud ? "pro-api" : "api")}/v{(int)endpoint.Api}/tasks";

    /// <summary>The account's apps, beside its tasks.</summary>
    public string Apps => _tasks[..^"tasks".Length] + "applications";

    /// <summary><c>/tasks/{service}</c> on localhost; <c>/tasks/{app}/{version}/{service}</c> on the cloud, without the version for the latest.</summary>
    public string Submit(TaskTarget target)
    {
        var service = Uri.EscapeDataString(target.Service);
        if (endpoint.Host == ServiceHost.Localhost)
        {
            return $"{_tasks}/{service}";
        }

        var app = Uri.EscapeDataString(target.App ?? "");
        return target.Version is { } version
            ? $"{_tasks}/{app}/{Uri.EscapeDataString(version)}/{service}"
            : $"{_tasks}/{app}/{service}";
    }

    public string Task(TaskId id) => $"{_tasks}/{Uri.EscapeDataString(id.Value)}";

    public string Response(TaskId id) => $"{Task(id)}/response";

    /// <summary>What a model writes while it runs; on localhost only.</summary>
    public string Status(TaskId id) => $"{Task(id)}/status";

    /// <summary>The cloud's log of a task, in pages or filtered, as its portal asks for it.</summary>
    public string Log(TaskId id) => $"{Task(id)}/logs";

    /// <summary>The same log as one document.</summary>
    public string LogDownload(TaskId id) => $"{Log(id)}/download";

    /// <summary>The list; without filters on localhost, which knows none.</summary>
    public string List(TaskFilter filter)
    {
        if (endpoint.Host == ServiceHost.Localhost)
        {
            return _tasks;
        }

        var query = new StringBuilder();
        var isV1 = endpoint.Api == ApiVersion.V1;
        Add(isV1 ? "projectName" : "appName", filter.App);
        Add(isV1 ? "projectVersion" : "appVersion", filter.Version);
        Add("after", Moment(filter.After) ?? filter.AfterDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("before", Moment(filter.Before));

        // Before PRO 2.49.1 an offset of zero broke the service: it is left out.
        Add("offset", filter.Offset > 0 ? filter.Offset.ToString(CultureInfo.InvariantCulture) : null);
        Add("limit", filter.Limit?.ToString(CultureInfo.InvariantCulture));
        return $"{_tasks}{query}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query
                    .Append(query.Length == 0 ? '?' : '&')
                    .Append(name)
                    .Append('=')
                    .Append(Uri.EscapeDataString(value));
            }
        }
    }

    /// <summary>
    /// Whether an address can be asked for: not longer than servers take (8 kB), and the same after parsing, which resolves
    /// the segments <c>.</c> and <c>..</c>.
    /// </summary>
    public static bool CanBeAsked(string address) =>
        address.Length <= LongestAddress
        && !address.Contains("/tasks/./", StringComparison.Ordinal)
        && !address.Contains("/tasks/../", StringComparison.Ordinal)
        && !address.EndsWith("/tasks/.", StringComparison.Ordinal)
        && !address.EndsWith("/tasks/..", StringComparison.Ordinal);

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
