namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// Walks every sequence of choices that a deterministic program may make, by running it again and again: each time it goes
/// on from the last choice that has an untried branch.
/// </summary>
internal sealed class Choices
{
    private readonly List<(int Taken, int Branches)> _path = [];
    private int _at;

    /// <summary>Which of so many branches to take here.</summary>
    public int Next(int branches)
    {
        if (_at == _path.Count)
        {
            _path.Add((0, branches));
        }

        return _path[_at++].Taken;
    }

    /// <summary>Begins the next path; false once all have been walked.</summary>
    public bool Advance()
    {
        while (_path.Count > 0 && _path[^1].Taken + 1 == _path[^1].Branches)
        {
            _path.RemoveAt(_path.Count - 1);
        }

        _at = 0;
        if (_path.Count == 0)
        {
            return false;
        }

        _path[^1] = (_path[^1].Taken + 1, _path[^1].Branches);
        return true;
    }

    public override string ToString() => string.Join(' ', _path.Select(choice => choice.Taken));
}
