using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Reading.Settings;

namespace AimmsOrchestrator.Batches.Control;

/// <summary>
/// What was set of a batch, as far as this version can read it: a newer program that shares the database may set what this one does not
/// know. Of each name the latest setting that can be read is in force.
/// </summary>
/// <param name="Control">How the batch is executed.</param>
/// <param name="Warning">What is left out, in one line for a person; null where nothing is.</param>
internal sealed record ControlsInForce(BatchControl Control, string? Warning)
{
    private const string Source = "set";

    /// <summary>What is in force, and what cannot be read.</summary>
    /// <param name="limits">As the scenario has them.</param>
    /// <param name="log">All that was set.</param>
    public static ControlsInForce Of(Limits limits, ControlLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var found = new HashSet<string>(StringComparer.Ordinal) { ControlNames.Paused, ControlNames.Cancel };
        var unread = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = log.Settings.Count - 1; i >= 0; i--)
        {
            var setting = log.Settings[i];
            if (found.Contains(setting.Name))
            {
                continue;
            }

            var change = KeyValuePair.Create(setting.Name, setting.Value);
            var (changed, errors) = LimitChanges.Unbounded.Apply(limits, [change], Source);
            if (errors.Count == 0)
            {
                found.Add(setting.Name);
                limits = changed;
            }
            else
            {
                unread.TryAdd(setting.Name, $"{setting.Name}={setting.Value} by {setting.Author}");
            }
        }

        return new ControlsInForce(new BatchControl(limits, log.Pause?.At), WarningOf(unread.Values));
    }

    private static string? WarningOf(IReadOnlyCollection<string> unread) =>
        unread.Count == 0
            ? null
            : ShortText.Cut(
                $"this version cannot read what was set, and leaves it out: {string.Join(", ", unread)}; a setting that it can read replaces it"
            );
}
