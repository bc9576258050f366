using System.Globalization;
using AimmsOrchestrator.Emulator.Tasks;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>The cloud's filters of a list, and its page; an empty text and null leave a filter out.</summary>
internal sealed record TaskListFilter(
    string App,
    string Version,
    DateTimeOffset? After,
    DateTimeOffset? Before,
    int Offset,
    int Limit
)
{
    /// <param name="query">The request's parameters.</param>
    /// <param name="isV1">Whether they have version 1's names.</param>
    /// <param name="largestPage">The most tasks of a page, and how many there are where the request does not say.</param>
    /// <returns>Null where <c>after</c> or <c>before</c> is not a date.</returns>
    public static TaskListFilter? Parse(IQueryCollection query, bool isV1, int largestPage) =>
        TryMoment(query["after"], out var after) && TryMoment(query["before"], out var before)
            ? new TaskListFilter(
                query[isV1 ? "projectName" : "appName"].ToString(),
                query[isV1 ? "projectVersion" : "appVersion"].ToString(),
                after,
                before,
                Whole(query["offset"]) ?? 0,
                Math.Min(Whole(query["limit"]) ?? largestPage, largestPage)
            )
            : null;

    public bool Matches(EmulatedTask task) =>
        (App.Length == 0 || task.App == App)
        && (Version.Length == 0 || task.Version == Version)
        && (After is null || task.CreatedAt >= After)
        && (Before is null || task.CreatedAt <= Before);

    private static bool TryMoment(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isMoment = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var parsed);
        moment = parsed;
        return isMoment;
    }

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
