using AimmsOrchestrator.Domain.Journaling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>
/// The one writer of the journal. Entries that arrive while a transaction is being committed go into the next one
/// together, so the group grows with the load and costs one flush of the disk, however large. It blocks while it
/// commits, and therefore has a thread of its own.
/// </summary>
/// <remarks>
/// Nothing piles up: whoever must not go on without its entry waits for the acknowledgement, so there is at most one
/// such entry a live run, and the live runs are bounded by the limit on unfinished tasks.
/// </remarks>
internal sealed class JournalActor : UntypedActor
{
    private const int LargestGroup = 4096;

    private readonly IJournalWriter _writer;
    private readonly IJournalReader _reader;
    private readonly List<JournalEntry> _group = [];
    private readonly List<IActorRef> _waiting = [];
    private IActorRef _listener = ActorRefs.Nobody;
    private bool _isCommitDue;
    private bool _isLost;

    public JournalActor(IJournalWriter writer, IJournalReader reader)
    {
        _writer = writer;
        _reader = reader;
    }

    /// <param name="writer">Where entries go; used by this actor alone.</param>
    /// <param name="reader">Where steps are recalled from; used by this actor alone.</param>
    public static Props Props(IJournalWriter writer, IJournalReader reader) =>
        Akka.Actor.Props.Create<JournalActor>(writer, reader);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalCommands.Append keep when !_isLost:
                _group.Add(keep.Entry);
                if (keep.IsAcknowledged)
                {
                    _waiting.Add(Sender);
                }

                if (_group.Count >= LargestGroup)
                {
                    Commit();
                }
                else if (!_isCommitDue)
                {
                    // Behind everything that is in the mailbox by now: all of that joins the group.
                    _isCommitDue = true;
                    Self.Tell(CommitNow.Instance);
                }

                break;

            case JournalCommands.SubscribeToFailure:
                _listener = Sender;
                break;

            case CommitNow:
                _isCommitDue = false;
                Commit();
                break;

            case JournalCommands.Replay recall when !_isLost:
                Replay(recall);
                break;

            case JournalCommands.Append
            or JournalCommands.Replay:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => Commit();

    private void Replay(JournalCommands.Replay recall)
    {
        Commit();
        try
        {
            Sender.Tell(new JournalNotifications.Replayed(recall.Index, _reader.Events(recall.Batch, recall.Index)));
        }
        catch (JournalException e)
        {
            Fail(e);
        }
    }

    private void Fail(JournalException e)
    {
        _isLost = true;
        _listener.Tell(new JournalNotifications.Failed(e.Message));
    }

    private void Commit()
    {
        if (_group.Count == 0 || _isLost)
        {
            return;
        }

        try
        {
            _writer.Commit(_group);
        }
        catch (JournalException e)
        {
            Fail(e);
            return;
        }

        foreach (var waiting in _waiting)
        {
            waiting.Tell(JournalNotifications.Appended.Instance);
        }

        _group.Clear();
        _waiting.Clear();
    }

    private sealed class CommitNow
    {
        public static readonly CommitNow Instance = new();
    }
}
