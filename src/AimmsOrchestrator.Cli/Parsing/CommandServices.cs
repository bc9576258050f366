using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>What every command works with.</summary>
/// <param name="Screen">Where output goes.</param>
/// <param name="Time">The clock.</param>
/// <param name="WrapJournal">What stands before the journal of a batch that is executed; nothing by default.</param>
internal sealed record CommandServices(
    Screen Screen,
    TimeProvider Time,
    Func<IJournalWriter, IJournalWriter>? WrapJournal = null
);
