using System.Text.Json;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>The point from which a one-at-a-time design moves one parameter at a time.</summary>
internal sealed class BasePoint
{
    private readonly IReadOnlyList<FrameColumn> _parameters;
    private readonly int[] _levels;
    private readonly string[] _labels;

    private BasePoint(IReadOnlyList<FrameColumn> parameters, int[] levels, string[] labels)
    {
        _parameters = parameters;
        _levels = levels;
        _labels = labels;
    }

    /// <summary>The stated point; it need not be among the runs.</summary>
    public static BasePoint Of(IReadOnlyList<FrameColumn> parameters, IReadOnlyDictionary<string, JsonElement> stated)
    {
        var reader = new FlatReader(parameters.Select(p => p.Name));
        reader.Read(new ParameterSet([.. stated.Select(p => new Parameter(p.Key, p.Value))]).ToJson());
        return new BasePoint(
            parameters,
            [.. parameters.Select((p, i) => p.Levels.IndexOf(reader.Values[i]))],
            [.. reader.Values.Select(value => value.Text ?? "")]
        );
    }

    /// <summary>Each parameter's most frequent value: that is the base in any order of the runs, and with any number of replicates.</summary>
    public static BasePoint Infer(IReadOnlyList<FrameColumn> parameters)
    {
        int[] levels = [.. parameters.Select(p => MostFrequent(p.Levels))];
        return new BasePoint(parameters, levels, [.. parameters.Select((p, i) => p.Levels.Label(levels[i]))]);
    }

    /// <summary>The index of the parameter that a row moves: -1 for none; null where it moves several.</summary>
    public int? Moved(int row)
    {
        var moved = -1;
        for (var i = 0; i < _levels.Length; i++)
        {
            if (_parameters[i].Levels.OfRow[row] == _levels[i])
            {
                continue;
            }

            if (moved >= 0)
            {
                return null;
            }

            moved = i;
        }

        return moved;
    }

    /// <summary>The parameter's value there, as written.</summary>
    public string Label(int parameter) => _labels[parameter];

    private static int MostFrequent(Levels levels)
    {
        var counts = new long[levels.Count];
        foreach (var level in levels.OfRow)
        {
            if (level >= 0)
            {
                counts[level]++;
            }
        }

        return Array.IndexOf(counts, counts.Max());
    }
}
