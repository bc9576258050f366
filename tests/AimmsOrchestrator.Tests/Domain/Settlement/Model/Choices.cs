namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// Explores every sequence of choices that a deterministic program may make, by running it again and again: each run
/// takes the next branch of the last choice that has an untried one.
/// </summary>
internal sealed class Choices
{
    private readonly List<(int Taken, int Branches)> _path = [];
    private int _at;

    /// <summary>The branch to take here, from 0.</summary>
    public int Next(int branches)
    {
        if (_at == _path.Count)
        {
            _path.Add((0, branches));
        }

        return _path[_at++].Taken;
    }

    /// <summary>Begins the next path; false once all are explored.</summary>
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
