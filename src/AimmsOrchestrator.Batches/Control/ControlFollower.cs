using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Batches.Control;

/// <summary>Reads what people set of a batch that this process drives. For one thread at a time.</summary>
/// <param name="reader">The journal; used by nothing else meanwhile.</param>
/// <param name="batch">The batch's number.</param>
/// <param name="limits">As the scenario has them.</param>
internal sealed class ControlFollower(IJournalReader reader, long batch, Limits limits)
{
    private int _known;

    /// <summary>How the batch is executed at first.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public ControlsInForce Begin() => Read(reader.Controls(batch));

    /// <summary>How the batch is executed from now on; null where nothing was set since.</summary>
    public ControlsInForce? Next()
    {
        try
        {
            var log = reader.Controls(batch);
            return log.Settings.Count == _known ? null : Read(log);
        }
        catch (JournalException)
        {
            // Whatever is wrong with the journal, its writer will say.
            return null;
        }
    }

    /// <summary>
    /// Whether a cancel was taken back, and none is asked for since: a request to leave that came with it holds no longer. One without any
    /// cancel is an older program's, and holds.
    /// </summary>
    public bool IsCancelTakenBack()
    {
        try
        {
            return reader.Controls(batch).IsCancelTakenBack;
        }
        catch (JournalException)
        {
            // It is asked again.
            return true;
        }
    }

    private ControlsInForce Read(ControlLog log)
    {
        _known = log.Settings.Count;
        return ControlsInForce.Of(limits, log);
    }
}
