using System.Collections.Immutable;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// The settlement of one batch's lost submits: which are open, the walk through the list that is under way, and the last two
/// polls. Facts go in, decisions come out. It holds all open submits, since an orphan may be any of theirs.
/// </summary>
/// <param name="Policy">How long to wait for the list.</param>
public sealed record SettlementState(SettlementPolicy Policy)
{
    private ImmutableList<(RunReference Run, LostSubmit Submit)> Open { get; init; } = [];
    private ListPager? Walk { get; init; }
    private ListSnapshot? Latest { get; init; }
    private ListSnapshot? Before { get; init; }
    private int Polls { get; init; }
    private TimeSpan ClockOffset { get; init; }
    private DateTimeOffset? AwaySince { get; init; }

    private IReadOnlyList<LostSubmit> Lost => [.. Open.Select(open => open.Submit)];
    private DateTimeOffset EarliestIntent => Open.Min(open => open.Submit.IntendedAt);

    /// <summary>A run's submit was lost; it replaces an earlier one of the same run.</summary>
    public SettlementDecision Add(RunReference run, LostSubmit submit)
    {
        // What was seen before this POST was lost is no evidence about it.
        var next = this with
        {
            Open = Open.RemoveAll(open => open.Run == run).Add((run, submit)),
            Latest = null,
            Before = null,
            Polls = 0,
        };
        return next.PollLater();
    }

    /// <summary>A poll is due.</summary>
    public SettlementDecision Poll()
    {
        if (Open.IsEmpty || Walk is not null)
        {
            return new SettlementDecision(this, Effect: null);
        }

        var walk = new ListPager(EarliestIntent + ClockOffset - SettlementRules.Neighbourhood);
        return new SettlementDecision(this with { Walk = walk }, new SettlementEffect.GetPage(walk.Next));
    }

    /// <summary>A page of the list arrived, or its fault.</summary>
    public SettlementDecision TakePage(Reply<TaskPage> reply, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (Walk is null)
        {
            return new SettlementDecision(this, Effect: null);
        }

        if (!reply.IsSuccess)
        {
            // Earlier polls do not show what happened since: only giving up is possible now.
            var failed = CountFault(reply.Fault, now) with
            {
                Walk = null,
            };
            return failed.Judge(
                new SettlementEvidence
                {
                    Lost = failed.Lost,
                    Polls = failed.Polls,
                    Now = now,
                }
            );
        }

        var walk = Walk.Add(reply.Value);
        var next = this with
        {
            Walk = walk,
            AwaySince = null,
            ClockOffset = reply.Value.ServiceTime - now ?? ClockOffset,
            Polls = walk.IsAtEnd ? Polls + 1 : Polls,
        };
        return new SettlementDecision(
            next,
            walk.IsAtEnd ? ListSnapshot.Question(walk, next.ClockOffset) : new SettlementEffect.GetPage(walk.Next)
        );
    }

    /// <summary>The journal answered about a walk that came to its end.</summary>
    public SettlementDecision Judge(JournalKnowledge journal, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (Walk is not { IsAtEnd: true })
        {
            return new SettlementDecision(this, Effect: null);
        }

        var next = this with
        {
            Walk = null,
            Before = Latest,
            Latest = ListSnapshot.Of(Walk, journal, EarliestIntent, ClockOffset, now),
        };
        var claims = journal
            .OpenSubmits.Where(other => !Open.Exists(open => open.Run == other.Run))
            .ToLookup(other => other.IsAmbiguous, other => other.ToClaim());
        return next.Judge(
            new SettlementEvidence
            {
                Lost = Lost,
                Rivals = [.. claims[false]],
                Ambiguous = [.. claims[true]],
                Latest = next.Latest,
                Before = next.Before,
                Polls = Polls,
                Now = now,
            }
        );
    }

    /// <summary>The journal could not be read, or the request failed with an exception: this poll shows nothing.</summary>
    public SettlementDecision Abandon() => (this with { Walk = null }).PollLater();

    private SettlementDecision Judge(SettlementEvidence evidence)
    {
        var settled =
            from verdict in Open.Zip(new SettlementRules(Policy).Judge(evidence))
            where verdict.Second is not null
            select new SettledSubmit(verdict.First.Run, verdict.Second);
        var all = settled.ToList();
        var next = this with { Open = Open.RemoveAll(open => all.Exists(one => one.Run == open.Run)) };
        return next.PollLater() with { Settled = all };
    }

    private SettlementDecision PollLater() =>
        new(this, Open.IsEmpty || Walk is not null ? null : new SettlementEffect.PollLater(Policy.WaitAfter(Polls)));

    /// <summary>An outage says nothing about the list and does not count as a poll, unless it is a very long one.</summary>
    private SettlementState CountFault(ServiceFault fault, DateTimeOffset now)
    {
        var since = fault.IsOutage ? AwaySince ?? now : (DateTimeOffset?)null;
        var counts = since is null || now - since >= SettlementPolicy.LongestOutage;
        return this with { AwaySince = since, Polls = counts ? Polls + 1 : Polls };
    }
}
