using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Answers;

/// <summary>
/// Sees to it that no question is asked twice: a run whose key has an answer in the journal takes that, and one whose key
/// another run is working on waits for it. It reads the disk, and therefore has a thread of its own.
/// </summary>
internal sealed class AnswerDeskActor : UntypedActor
{
    private readonly IAnswerBook _book;
    private readonly Dictionary<RunKey, Question> _open = [];

    public AnswerDeskActor(IAnswerBook book) => _book = book;

    /// <param name="book">Used by this actor alone.</param>
    public static Props Props(IAnswerBook book) => Akka.Actor.Props.Create<AnswerDeskActor>(book);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AnswerCommands.Ask ask:
                try
                {
                    Answer(ask);
                }
                catch (JournalException e)
                {
                    // The run's own failure, if it stays: sending what may have an answer would be worse.
                    Sender.Tell(new Status.Failure(e));
                }

                break;

            case AnswerCommands.GoOn goOn:
                _open.TryAdd(goOn.Key, new Question(goOn.Index));
                break;

            case AnswerCommands.Done done when _open.TryGetValue(done.Key, out var question):
                Close(done, question);
                break;

            case AnswerCommands.Done:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Answer(AnswerCommands.Ask ask)
    {
        if (_open.TryGetValue(ask.Key, out var question))
        {
            // A run whose actor crashed asks again for itself.
            if (question.Asker == ask.Index)
            {
                Sender.Tell(new RunFact.NeverAsked());
                return;
            }

            question.Waiting.Add(Sender);
            Sender.Tell(new RunFact.BeingAsked());
        }
        else if (_book.Find(ask.Key) is { } end)
        {
            Sender.Tell(new RunFact.AskedBefore(end));
        }
        else
        {
            _open.Add(ask.Key, new Question(ask.Index));
            Sender.Tell(new RunFact.NeverAsked());
        }
    }

    private void Close(AnswerCommands.Done done, Question question)
    {
        if (question.Asker != done.Index)
        {
            return;
        }

        _open.Remove(done.Key);
        if (question.Waiting.Count == 0)
        {
            return;
        }

        object told;
        try
        {
            // Without an end the run was left, and so is everybody who waits for it.
            if (_book.Find(done.Key) is not { } end)
            {
                return;
            }

            told = new RunFact.AskedBefore(end);
        }
        catch (JournalException e)
        {
            told = new Status.Failure(e);
        }

        foreach (var waiting in question.Waiting)
        {
            waiting.Tell(told);
        }
    }

    /// <summary>A question that a run is working on.</summary>
    private sealed class Question(long asker)
    {
        public long Asker { get; } = asker;

        public List<IActorRef> Waiting { get; } = [];
    }
}
