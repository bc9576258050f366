using System.Collections.Immutable;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Listing;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// The settlement of one batch's lost submits: which are open, the walk through the list that is under way, and the last two
/// polls. Facts go in, decisions come out. It holds all open submits, since an orphan may be any of theirs.
/// </summary>
/// <param name="Policy">How long to wait for the list.</param>
/// <param name="Began">When this process began, on this machine's clock.</param>
public sealed record SettlementState(SettlementPolicy Policy, DateTimeOffset Began)
{
    private ImmutableList<(RunReference Run, LostSubmit Submit)> Open { get; init; } = [];
    private ListPager? Walk { get; init; }
    private PendingPoll? Pending { get; init; }
    private ListSnapshot? Latest { get; init; }
    private ListSnapshot? Before { get; init; }
    private int Polls { get; init; }
    private TimeSpan? Header { get; init; }
    private ImmutableList<ClockSample> Samples { get; init; } = [];
    private ListLag Lag { get; init; } = new();
    private ListAccess Access { get; init; } = new();
    private DateTimeOffset? AwaySince { get; init; }

    /// <summary>Why the latest poll of the list failed, where a submit waits for the list; null otherwise.</summary>
    public string? Trouble => Open.IsEmpty ? null : LastFault?.Message;

    private ServiceFault? LastFault { get; init; }

    private IReadOnlyList<LostSubmit> Lost => [.. Open.Select(open => open.Submit)];
    private DateTimeOffset EarliestIntent => Open.Min(open => open.Submit.IntendedAt);

    /// <summary>The tasks that may be an open submit's were created since, on the service's clock.</summary>
    private DateTimeOffset Since(DateTimeOffset now) =>
        EarliestIntent + ServiceClocks.Of(Samples, Header, Began, now).LeastPossible - SettlementRules.Neighbourhood;

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
    public SettlementDecision Poll(DateTimeOffset now)
    {
        if (Open.IsEmpty || Walk is not null || Pending is not null)
        {
            return new SettlementDecision(this, Effect: null);
        }

        var walk = new ListPager(Since(now), Access.Form) { AskedAt = now };
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
            return TakeFault(reply.Fault, now);
        }

        var known = this with { Header = reply.Value.ServiceTime - now ?? Header, AwaySince = null, LastFault = null };
        var walk = Walk.Add(reply.Value, known.Since(now));
        var next = known with { Walk = walk, Access = Access.Answered(), Polls = walk.IsAtEnd ? Polls + 1 : Polls };
        return new SettlementDecision(
            next,
            walk.IsAtEnd ? ListSnapshot.Question(walk, EarliestIntent) : new SettlementEffect.GetPage(walk.Next)
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

        var pending = new PendingPoll(Walk, journal, EarliestIntent, Header, Began, now);
        return (this with { Walk = null }).Ask(pending, now);
    }

    /// <summary>A task was asked for that the list should have shown, or its fault arrived.</summary>
    public SettlementDecision TakeTask(Reply<TaskSnapshot> reply, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return Pending is { } pending
            ? (this with { Pending = null }).Ask(pending.With(reply), now)
            : new SettlementDecision(this, Effect: null);
    }

    /// <summary>The journal could not be read, or the request failed with an exception: this poll shows nothing.</summary>
    public SettlementDecision Abandon() => (this with { Walk = null, Pending = null }).PollLater();

    /// <summary>Asks for the next task that this poll leaves in doubt; judges once there is none.</summary>
    private SettlementDecision Ask(PendingPoll pending, DateTimeOffset now)
    {
        if (pending.NextQuestion(Samples) is { } task)
        {
            return new SettlementDecision(this with { Pending = pending }, new SettlementEffect.GetTask(task));
        }

        var samples = pending.Samples(Samples);
        var next = this with
        {
            Samples = [.. samples],
            Before = Latest,
            Latest = pending.Snapshot(samples),
            Lag = pending.Observe(Lag),
        };
        var others = pending
            .Journal.OpenSubmits.Where(other => !Open.Exists(open => open.Run == other.Run))
            .ToLookup(other => other.IsAmbiguous, other => other.ToLostSubmit());
        return next.Judge(
            new SettlementEvidence
            {
                Lost = Lost,
                Rivals = [.. others[false]],
                Ambiguous = [.. others[true]],
                Latest = next.Latest,
                Before = next.Before,
                Lag = next.Lag,
                Polls = Polls,
                Now = now,
            }
        );
    }

    private SettlementDecision TakeFault(ServiceFault fault, DateTimeOffset now)
    {
        // A service may refuse the question and not the list: then another form of it may do.
        var access = Access.Refused(fault, Walk!, out var again);
        if (again is not null)
        {
            return new SettlementDecision(
                this with
                {
                    Walk = again,
                    Access = access,
                },
                new SettlementEffect.GetPage(again.Next)
            );
        }

        // Earlier polls do not show what happened since: only giving up is possible now.
        var failed = CountFault(fault, now) with
        {
            Walk = null,
            Access = access,
            // What differs in the identifier of an error alone is the same trouble.
            LastFault =
                fault.IsOutage || (LastFault?.Kind, LastFault?.HttpStatus) == (fault.Kind, fault.HttpStatus)
                    ? LastFault
                    : fault,
        };
        return failed.Judge(
            new SettlementEvidence
            {
                Lost = failed.Lost,
                Polls = failed.Polls,
                Refusal = access.Refusal,
                Now = now,
            }
        );
    }

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
        new(
            this,
            Open.IsEmpty || Walk is not null || Pending is not null
                ? null
                : new SettlementEffect.PollLater(Policy.WaitAfter(Polls, Lag.Bound))
        );

    /// <summary>An outage says nothing about the list and does not count as a poll, unless it is a very long one.</summary>
    private SettlementState CountFault(ServiceFault fault, DateTimeOffset now)
    {
        var since = fault.IsOutage ? AwaySince ?? now : (DateTimeOffset?)null;
        var counts = since is null || now - since >= SettlementPolicy.LongestOutage;
        return this with { AwaySince = since, Polls = counts ? Polls + 1 : Polls };
    }
}
