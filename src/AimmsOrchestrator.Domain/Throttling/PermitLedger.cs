namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// Which run may do what at one service now: a ledger of identified permits, requested, granted and given back by id. A
/// second request, or giving back what is not held, changes nothing, so that no count can drift. Times are on a monotonic clock
/// that starts anywhere, which no change of the machine's clock disturbs.
/// </summary>
public sealed class PermitLedger(Limits limits)
{
    private readonly PermitQueue _slots = new(limits.MaxUnfinishedTasks);
    private readonly PermitQueue _submits = new(limits.MaxUnconfirmedSubmits);
    private readonly PermitQueue _requests = new(int.MaxValue);
    private readonly HashSet<PermitId> _unconfirmed = [];
    private readonly HashSet<PermitId> _slotFirst = [];
    private readonly SlidingWindow _submitRate = new(limits.Submits);
    private readonly SlidingWindow _requestRate = new(limits.Requests);
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private TimeSpan _submitsFrom = TimeSpan.MinValue;
    private int _own = limits.MaxUnfinishedTasks;
    private int _share = int.MaxValue;

    /// <summary>Slots held now: the unfinished tasks, and the runs about to submit one.</summary>
    public int SlotsHeld => _slots.Held;

    /// <summary>How many slots there are; fewer than are held revoke none, and none is granted until enough came back.</summary>
    public int Slots
    {
        get => _own;
        set
        {
            _own = value;
            _slots.Size = Math.Min(_own, _share);
        }
    }

    /// <summary>Whether no submit is granted until a person lets the batch continue; slots and other requests are.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether nothing is sent, because the service is away; slots are granted all the same.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether no submit is granted, because other batches have the account's slots; slots and other requests are.</summary>
    public bool IsAccountFull { get; set; }

    /// <summary>Whether no submit is granted any more.</summary>
    public bool HaveSubmitsEnded { get; set; }

    /// <summary>
    /// There are these limits from now on, but for <see cref="Slots"/>. Permits that are held are not revoked. A rate counts what
    /// was used under the one before.
    /// </summary>
    public void Limit(Limits changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        _submits.Size = changed.MaxUnconfirmedSubmits;
        _submitRate.Rate = changed.Submits;
        _requestRate.Rate = changed.Requests;
    }

    /// <summary>
    /// The batch has this share of its account from now on; what its own limits say holds all the same. Slots that are held are not
    /// revoked.
    /// </summary>
    public void Resize(Share share, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(share);
        _share = share.Slots;
        _slots.Size = Math.Min(_own, _share);
        _submitRate.Share(share.Submits, now);
        _requestRate.Share(share.Requests, now);
    }

    /// <summary>
    /// How many slots there is a use for, those that are held included. While no submit is granted, that is no run which only
    /// waits to submit: but those that may have a task want one also then.
    /// </summary>
    public int Wanted(TimeSpan now)
    {
        var (held, waiting) = (_slots.Held, _slots.Waiting);
        if (!MaySubmit || now < _submitsFrom)
        {
            held = Math.Max(0, held - _submits.Waiting);
            waiting = Math.Max(0, waiting - _slotFirst.Count);
        }

        return Math.Max(held, Math.Min(_own, held + waiting));
    }

    /// <summary>Requests a permit; <see cref="GrantAll"/> grants it. A run without a slot is queued for one before it is queued to submit.</summary>
    public void Acquire(PermitId permit, PermitKind kind)
    {
        if (kind == PermitKind.Submit && !_slots.Holds(permit))
        {
            _slotFirst.Add(permit);
            _slots.Acquire(permit);
            return;
        }

        Queue(kind).Acquire(permit);
    }

    /// <summary>
    /// The fate of this permit's POST is not known: it holds its slot and its submit permit, and no other POST is made
    /// before the permit comes back, or it would be unknown whose task turns up.
    /// </summary>
    public void MarkUnconfirmed(PermitId permit)
    {
        _slots.Hold(permit);
        _submits.Hold(permit);
        _unconfirmed.Add(permit);
    }

    /// <summary>Gives one permit back, or withdraws the request.</summary>
    public void Release(PermitId permit, PermitKind kind)
    {
        Queue(kind).Release(permit);
        switch (kind)
        {
            case PermitKind.Submit:
                _unconfirmed.Remove(permit);
                _slotFirst.Remove(permit);
                break;

            case PermitKind.Slot:
                _slotFirst.Remove(permit);
                break;
        }
    }

    /// <summary>Gives back a permit to submit that was not used: no POST was made, and none counts against the rates.</summary>
    public void TakeBackSubmit(PermitId permit)
    {
        if (_submits.Holds(permit))
        {
            Release(permit, PermitKind.Submit);
            _submitRate.TakeBack();
            _requestRate.TakeBack();
        }
    }

    /// <summary>Gives back all that a run holds and asks for, however it ended.</summary>
    public void ReleaseAll(PermitId permit)
    {
        _slots.Release(permit);
        _submits.Release(permit);
        _requests.Release(permit);
        _unconfirmed.Remove(permit);
        _slotFirst.Remove(permit);
    }

    /// <summary>A run is over whose task may not be: its slot stays held, until <see cref="ReleaseAbandoned"/>.</summary>
    public void AbandonSlot(PermitId permit)
    {
        ReleaseAll(permit);
        _slots.Hold(Abandoned(permit));
    }

    /// <summary>The task that an ended run may have is taken to have ended.</summary>
    public void ReleaseAbandoned(PermitId permit) => _slots.Release(Abandoned(permit));

    /// <summary>Nothing is sent before this moment; an earlier moment than the one in force changes nothing.</summary>
    public void PauseUntil(TimeSpan moment) => _pausedUntil = moment > _pausedUntil ? moment : _pausedUntil;

    /// <summary>Nothing is submitted before this moment; the latest call decides.</summary>
    public void SubmitFrom(TimeSpan moment) => _submitsFrom = moment;

    /// <summary>
    /// Grants what can be granted now, in the order of the requests. Requests about tasks come before new submits: they are
    /// what gives slots back.
    /// </summary>
    public void GrantAll(TimeSpan now, ICollection<Grant> grants)
    {
        while (_slots.TryGrant(out var permit))
        {
            if (_slotFirst.Remove(permit))
            {
                _submits.Acquire(permit);
            }
            else
            {
                grants.Add(new Grant(permit, PermitKind.Slot));
            }
        }

        if (IsClosed || now < _pausedUntil)
        {
            return;
        }

        while (_requests.IsWaiting && _requestRate.HasRoom(now) && _requests.TryGrant(out var permit))
        {
            _requestRate.Record(now);
            _requests.Release(permit);
            grants.Add(new Grant(permit, PermitKind.Request));
        }

        while (
            now >= _submitsFrom
            && CanSubmit
            && _requestRate.HasRoom(now)
            && _submitRate.HasRoom(now)
            && _submits.TryGrant(out var permit)
        )
        {
            _requestRate.Record(now);
            _submitRate.Record(now);
            grants.Add(new Grant(permit, PermitKind.Submit));
        }
    }

    /// <summary>When the mere passing of time will allow something that was requested; null where it will not.</summary>
    public TimeSpan? NextGrantAt(TimeSpan now)
    {
        if (IsClosed)
        {
            return null;
        }

        var request = _requests.IsWaiting ? Later(_pausedUntil, _requestRate.RoomAt(now)) : (TimeSpan?)null;
        var submit = CanSubmit
            ? Later(Later(_pausedUntil, _submitsFrom), Later(_requestRate.RoomAt(now), _submitRate.RoomAt(now)))
            : (TimeSpan?)null;
        return request is null || submit < request ? submit : request;
    }

    private bool CanSubmit => MaySubmit && !IsAccountFull && _unconfirmed.Count == 0 && _submits.CanGrant;

    private bool MaySubmit => !IsPaused && !HaveSubmitsEnded;

    private PermitQueue Queue(PermitKind kind) =>
        kind switch
        {
            PermitKind.Slot => _slots,
            PermitKind.Submit => _submits,
            _ => _requests,
        };

    /// <summary>The run's own permits come back, and it may ask for new ones; no run has a negative one.</summary>
    private static PermitId Abandoned(PermitId permit) => new(-1 - permit.Value);

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
