using System.Globalization;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>What runs the tasks of the service, one after the other.</summary>
/// <param name="number">Its number, from 1.</param>
internal sealed class Session(int number)
{
    /// <summary>As the cloud names the pods of its sessions.</summary>
    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"pro3-task-emulator-{number}");

    public DateTimeOffset? LastUsedAt { get; set; }

    public bool IsWarmAt(DateTimeOffset now, TimeSpan idle) => LastUsedAt is { } last && now - last < idle;
}
