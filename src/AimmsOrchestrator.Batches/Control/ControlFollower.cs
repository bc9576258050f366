using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Batches.Control;

/// <summary>Reads what people set of a batch that this process drives. For one thread at a time.</summary>
/// <param name="reader">The journal; used by nothing else meanwhile.</param>
/// <param name="batch">The batch's number.</param>
/// <param name="limits">As the scenario has them.</param>
/// <param name="known">How many settings are in force already.</param>
internal sealed class ControlFollower(IJournalReader reader, long batch, Limits limits, int known)
{
    private int _known = known;

    /// <summary>How the batch is executed from now on; null where nothing was set since.</summary>
    public BatchControl? Next()
    {
        try
        {
            var log = reader.Controls(batch);
            if (log.Settings.Count == _known)
            {
                return null;
            }

            var control = new BatchControl(BatchControls.Apply(limits, log), log.Pause?.At);
            _known = log.Settings.Count;
            return control;
        }
        catch (JournalException)
        {
            // Whatever is wrong with the journal, its writer will say.
            return null;
        }
    }
}
