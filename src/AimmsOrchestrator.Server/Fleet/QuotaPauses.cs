using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Settings;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>Pauses batches under way whose owners have stored too much, and continues them.</summary>
internal sealed partial class QuotaPauses(
    ServerOptions options,
    AccessControl access,
    ResponseQuota quota,
    TimeProvider time,
    ILogger<QuotaPauses> log
)
{
    /// <summary>Pauses the batches of owners who have stored too much, and continues them once they have room again.</summary>
    /// <param name="driven">The batches that this process drives.</param>
    public async Task ApplyAsync(IEnumerable<BatchRecord> driven)
    {
        var owned = driven.Where(batch => batch.Owner is not null).ToList();
        if (owned.Count == 0)
        {
            return;
        }

        using var reader = options.Workspace.OpenReader();
        var stored = ResponseQuota.Stored(reader);
        var controls = new BatchControls(options.Workspace, time);
        foreach (var batch in owned)
        {
            var (why, pause) = (quota.WhyFull(batch.Owner, stored), reader.Controls(batch.Number).Pause);
            if (why is not null && pause is null)
            {
                Audit(await controls.PauseAsync(batch, AccessToken.ServerName), "pause", why);
            }
            else if (why is null && pause?.Author == AccessToken.ServerName)
            {
                Audit(await controls.ContinueAsync(batch, AccessToken.ServerName), "continue", "there is room again");
            }
        }
    }

    private void Audit(Result<ControlledBatch> changed, string action, string why)
    {
        if (changed is { IsSuccess: true, Value: { HasChanged: true, Batch.Id: var batch } })
        {
            access.Audit(AccessToken.ServerName, action, batch.Value, why);
            LogChange(batch, action, why);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Batch}: {Action}: {Why}")]
    private partial void LogChange(BatchId batch, string action, string why);
}
