using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>Whose permits these are: one run's, from before its submit until its task has ended. An ordinal.</summary>
public readonly record struct PermitId(long Value);

/// <summary>What a permit allows.</summary>
public enum PermitKind
{
    /// <summary>A place among the unfinished tasks at the service.</summary>
    Slot,

    /// <summary>One POST, until its fate is known.</summary>
    Submit,

    /// <summary>One request that is not a POST; used up by being granted.</summary>
    Request,
}

/// <summary>A permit that was just granted.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Grant(PermitId Permit, PermitKind Kind);

/// <summary>
/// Who may do what at one service now: a ledger of identified permits, asked for, granted and given back by id. Asking
/// twice, or giving back what is not held, changes nothing, so that no count can drift. Times are on a monotonic clock
/// that starts anywhere, which no change of the machine's clock disturbs.
/// </summary>
public sealed class PermitLedger(Limits limits)
{
    private readonly PermitQueue _places = new(limits.MaxUnfinishedTasks);
    private readonly PermitQueue _submits = new(limits.MaxUnconfirmedSubmits);
    private readonly PermitQueue _requests = new(int.MaxValue);
    private readonly HashSet<PermitId> _unsettled = [];
    private readonly HashSet<PermitId> _placeFirst = [];
    private readonly SlidingWindow _submitRate = new(limits.Submits);
    private readonly SlidingWindow _requestRate = new(limits.Requests);
    private TimeSpan _heldUntil = TimeSpan.MinValue;
    private TimeSpan _submitsFrom = TimeSpan.MinValue;

    /// <summary>Places held now: the unfinished tasks, and the runs about to submit one.</summary>
    public int SlotsHeld => _places.Held;

    /// <summary>Whether nothing is sent, because the service is away; places are granted all the same.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether no submit is granted any more.</summary>
    public bool HaveSubmitsEnded { get; set; }

    /// <summary>Asks for a permit; <see cref="GrantAll"/> tells when it is granted. Who has no place (any more) gets one before a submit.</summary>
    public void Acquire(PermitId permit, PermitKind kind)
    {
        if (kind == PermitKind.Submit && !_places.Holds(permit))
        {
            _placeFirst.Add(permit);
            _places.Acquire(permit);
            return;
        }

        Queue(kind).Acquire(permit);
    }

    /// <summary>
    /// The fate of this permit's POST is not known: it holds its place and its submit permit, and no other POST is made
    /// before the permit comes back, or nobody could tell whose a task is that turns up.
    /// </summary>
    public void MarkUnconfirmed(PermitId permit)
    {
        _places.Hold(permit);
        _submits.Hold(permit);
        _unsettled.Add(permit);
    }

    /// <summary>Gives one permit back, or withdraws the question.</summary>
    public void Release(PermitId permit, PermitKind kind)
    {
        Queue(kind).Release(permit);
        switch (kind)
        {
            case PermitKind.Submit:
                _unsettled.Remove(permit);
                _placeFirst.Remove(permit);
                break;

            case PermitKind.Slot:
                _placeFirst.Remove(permit);
                break;
        }
    }

    /// <summary>Gives back all that a run holds and asks for, however it ended.</summary>
    public void ReleaseAll(PermitId permit)
    {
        _places.Release(permit);
        _submits.Release(permit);
        _requests.Release(permit);
        _unsettled.Remove(permit);
        _placeFirst.Remove(permit);
    }

    /// <summary>Nobody sends anything before this moment; an earlier moment than the one in force changes nothing.</summary>
    public void PauseUntil(TimeSpan moment) => _heldUntil = moment > _heldUntil ? moment : _heldUntil;

    /// <summary>Nobody submits before this moment; the latest call decides.</summary>
    public void SubmitFrom(TimeSpan moment) => _submitsFrom = moment;

    /// <summary>
    /// Grants what can be granted now, in the order of asking. Requests about tasks come before new submits: they are
    /// what gives places back.
    /// </summary>
    public void GrantAll(TimeSpan now, ICollection<Grant> grants)
    {
        while (_places.TryGrant(out var permit))
        {
            if (_placeFirst.Remove(permit))
            {
                _submits.Acquire(permit);
            }
            else
            {
                grants.Add(new Grant(permit, PermitKind.Slot));
            }
        }

        if (IsClosed || now < _heldUntil)
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

    /// <summary>When the mere passing of time will allow something that was asked for; null where it will not.</summary>
    public TimeSpan? NextGrantAt(TimeSpan now)
    {
        if (IsClosed)
        {
            return null;
        }

        var request = _requests.IsWaiting ? Later(_heldUntil, _requestRate.RoomAt(now)) : (TimeSpan?)null;
        var submit = CanSubmit
            ? Later(Later(_heldUntil, _submitsFrom), Later(_requestRate.RoomAt(now), _submitRate.RoomAt(now)))
            : (TimeSpan?)null;
        return request is null || submit < request ? submit : request;
    }

    private bool CanSubmit => !HaveSubmitsEnded && _unsettled.Count == 0 && _submits.CanGrant;

    private PermitQueue Queue(PermitKind kind) =>
        kind switch
        {
            PermitKind.Slot => _places,
            PermitKind.Submit => _submits,
            _ => _requests,
        };

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
