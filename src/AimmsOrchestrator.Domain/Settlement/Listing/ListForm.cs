using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement.Listing;

/// <summary>How the list is asked for recent tasks. No public source gives the form of a time, so a service may refuse one.</summary>
internal enum ListForm
{
    /// <summary>Created after a moment.</summary>
    AfterMoment,

    /// <summary>Created after a day.</summary>
    AfterDay,

    /// <summary>All of them, page by page, until older tasks come.</summary>
    Unfiltered,
}

/// <summary>The forms in the order in which they are tried.</summary>
internal static class ListForms
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>The form to try after a refused one; the last is followed by the first.</summary>
    public static ListForm Following(this ListForm form) => (ListForm)(((int)form + 1) % Count);

    /// <summary>The request for a page.</summary>
    /// <param name="form">The form.</param>
    /// <param name="after">The tasks that matter were created since, on the service's clock.</param>
    /// <param name="offset">How many were seen.</param>
    public static TaskFilter Filter(this ListForm form, DateTimeOffset after, int offset) =>
        form switch
        {
            ListForm.AfterMoment => new TaskFilter { After = after, Offset = offset },

            // A day earlier: the service may count days in a time zone of its own.
            ListForm.AfterDay => new TaskFilter
            {
                AfterDay = DateOnly.FromDateTime(after.UtcDateTime).AddDays(-1),
                Offset = offset,
            },
            _ => new TaskFilter { Offset = offset },
        };
}
