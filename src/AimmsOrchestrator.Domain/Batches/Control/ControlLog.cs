using System.Globalization;

namespace AimmsOrchestrator.Domain.Batches.Control;

/// <summary>All that people set of a batch, in the order in which they did; of each name the latest setting is in force.</summary>
/// <param name="Settings">The settings, the first one first.</param>
public sealed record ControlLog(IReadOnlyList<ControlSetting> Settings)
{
    /// <summary>How the value begins by which a cancel is taken back; after it stands the cancel's number among the batch's settings, from 1.</summary>
    public const string TakenBack = "taken-back ";

    private const string Yes = "true";
    private const string No = "false";
    private const string EndTasks = "end-tasks";
    private const string KeepRunning = "keep-running";

    /// <summary>Nothing was set.</summary>
    public static ControlLog Empty { get; } = new([]);

    /// <summary>The setting by which the batch is paused; null where it is not.</summary>
    public ControlSetting? Pause =>
        Settings.LastOrDefault(setting => setting.Name == ControlNames.Paused) is { Value: Yes } pause ? pause : null;

    /// <summary>
    /// The setting by which the batch is to be cancelled, whichever process comes to it: the latest one that is not taken back. Null where
    /// there is none, once it has come about, and once a person resumed the batch or retried runs of it.
    /// </summary>
    public ControlSetting? Cancel => CancelNumber is { } number ? Settings[number - 1] : null;

    /// <summary>Whether each cancel that was asked for is taken back; false where none was.</summary>
    public bool IsCancelTakenBack => Cancel is null && Settings.Any(setting => setting.Name == ControlNames.Cancel);

    /// <summary>Whether a cancel leaves its tasks at the service alone.</summary>
    public bool KeepsRunning => Cancel?.Value == KeepRunning;

    /// <summary>The limits and the priority that were set and are in force, in the order of <see cref="ControlNames.Settable"/>.</summary>
    public IReadOnlyList<ControlSetting> Limits =>
        [
            .. from name in ControlNames.Settable
            let latest = Settings.LastOrDefault(setting => setting.Name == name)
            where latest is not null
            select latest,
        ];

    /// <summary>The setting that pauses a batch, or lets it continue.</summary>
    public static ControlSetting Pausing(bool isPaused, DateTimeOffset at, string author) =>
        new(ControlNames.Paused, isPaused ? Yes : No, at, author);

    /// <summary>The setting by which a batch is to be cancelled.</summary>
    public static ControlSetting Cancelling(bool keepRunning, DateTimeOffset at, string author) =>
        new(ControlNames.Cancel, keepRunning ? KeepRunning : EndTasks, at, author);

    /// <summary>
    /// The settings that take back the cancel that is in force, and none that comes while they are written; none where no cancel is in
    /// force.
    /// </summary>
    public IReadOnlyList<ControlSetting> TakeBack(DateTimeOffset at) =>
        CancelNumber is { } number ? [new ControlSetting(ControlNames.Cancel, BackOf(number), at, "")] : [];

    /// <summary>For how long a person had paused it in all, up to a moment.</summary>
    public TimeSpan PausedUntil(DateTimeOffset moment)
    {
        var (paused, since) = (TimeSpan.Zero, (DateTimeOffset?)null);
        foreach (var setting in Settings.Where(setting => setting.Name == ControlNames.Paused && setting.At <= moment))
        {
            paused += since is { } from ? setting.At - from : TimeSpan.Zero;
            since = setting.Value == Yes ? setting.At : null;
        }

        return paused + (since is { } last ? moment - last : TimeSpan.Zero);
    }

    private int? CancelNumber
    {
        get
        {
            int? number = null;
            foreach (var (index, setting) in Settings.Index().Where(set => set.Item.Name == ControlNames.Cancel))
            {
                number =
                    setting.Value is EndTasks or KeepRunning ? index + 1
                    : setting.Value == BackOf(number) ? null
                    : number;
            }

            return number;
        }
    }

    private static string BackOf(int? number) => string.Create(CultureInfo.InvariantCulture, $"{TakenBack}{number}");
}
