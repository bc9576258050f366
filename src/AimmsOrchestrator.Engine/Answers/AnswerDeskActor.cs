using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
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
    private readonly ResponseKeeping _responses;
    private readonly Dictionary<AskedQuestion, OpenQuestion> _open = [];

    public AnswerDeskActor(IAnswerBook book, ResponseKeeping responses)
    {
        _book = book;
        _responses = responses;
    }

    /// <param name="book">Used by this actor alone.</param>
    /// <param name="responses">Which responses the journal keeps.</param>
    public static Props Props(IAnswerBook book, ResponseKeeping responses) =>
        Akka.Actor.Props.Create<AnswerDeskActor>(book, responses);

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
                _open.TryAdd(Shared(goOn.Question), new OpenQuestion(goOn.Index));
                break;

            case AnswerCommands.Done done when _open.TryGetValue(Shared(done.Question), out var question):
                Close(done, question);
                break;

            case AnswerCommands.Done:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// Whatever figures they take, runs share the answer to one question, as long as its response is kept. Where only figures
    /// are, they share it if they take the same ones.
    /// </summary>
    private AskedQuestion Shared(AskedQuestion question) =>
        _responses == ResponseKeeping.All ? question with { Reading = default } : question;

    private void Answer(AnswerCommands.Ask ask)
    {
        if (_open.TryGetValue(Shared(ask.Question), out var question))
        {
            // A run whose actor crashed asks again for itself.
            if (question.Asker == ask.Index)
            {
                Sender.Tell(new RunFact.NeverAsked());
                return;
            }

            question.Waiting.Add((Sender, ask.Question));
            Sender.Tell(new RunFact.BeingAsked());
        }
        else if (_book.Find(ask.Question.Key, ask.Question.Reading) is { } end)
        {
            Sender.Tell(new RunFact.AskedBefore(end));
        }
        else
        {
            _open.Add(Shared(ask.Question), new OpenQuestion(ask.Index));
            Sender.Tell(new RunFact.NeverAsked());
        }
    }

    private void Close(AnswerCommands.Done done, OpenQuestion question)
    {
        if (question.Asker != done.Index)
        {
            return;
        }

        _open.Remove(Shared(done.Question));
        foreach (var (run, own) in question.Waiting)
        {
            try
            {
                // Without an end the run was left, and so is everybody who waits for it.
                if (_book.Find(own.Key, own.Reading) is { } end)
                {
                    run.Tell(new RunFact.AskedBefore(end));
                }
            }
            catch (JournalException e)
            {
                run.Tell(new Status.Failure(e));
            }
        }
    }

    /// <summary>A question that a run is working on.</summary>
    private sealed class OpenQuestion(long asker)
    {
        public long Asker { get; } = asker;

        /// <summary>Who waits for it; each takes its own figures from the answer.</summary>
        public List<(IActorRef Run, AskedQuestion Question)> Waiting { get; } = [];
    }
}
