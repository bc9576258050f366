namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>Permits of one kind: which are held, and which wait, first come first served.</summary>
internal sealed class PermitQueue(int size)
{
    private readonly HashSet<PermitId> _held = [];
    private readonly HashSet<PermitId> _waiting = [];
    private readonly Queue<PermitId> _order = [];

    /// <summary>How many may be held. Where more are held than a new size allows, none is granted until enough came back.</summary>
    public int Size { get; set; } = size;

    public int Held => _held.Count;

    public int Waiting => _waiting.Count;

    public bool IsWaiting => _waiting.Count > 0;

    public bool Holds(PermitId permit) => _held.Contains(permit);

    /// <summary>The permit is held, even where others wait or the limit is reached.</summary>
    public void Hold(PermitId permit)
    {
        _waiting.Remove(permit);
        _held.Add(permit);
    }

    public bool CanGrant => IsWaiting && _held.Count < Size;

    public void Acquire(PermitId permit)
    {
        if (!_held.Contains(permit) && _waiting.Add(permit))
        {
            _order.Enqueue(permit);
        }
    }

    public void Release(PermitId permit)
    {
        _held.Remove(permit);
        _waiting.Remove(permit);
    }

    public bool TryGrant(out PermitId permit)
    {
        while (_held.Count < Size && _order.TryDequeue(out permit))
        {
            // A permit that was withdrawn is still in the order, and is skipped here.
            if (_waiting.Remove(permit))
            {
                _held.Add(permit);
                return true;
            }
        }

        permit = default;
        return false;
    }
}
