using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>One run of a batch as the scenario has it: what to send, or why it cannot be sent.</summary>
public sealed class PlannedRun
{
    private PlannedRun(
        long index,
        string name,
        ParameterSet parameters,
        RunKey? key,
        TaskRequest? request,
        string? defect
    )
    {
        Index = index;
        Name = name;
        Parameters = parameters;
        Key = key;
        Request = request;
        Defect = defect;
    }

    /// <summary>Its index in the batch, from 0.</summary>
    public long Index { get; }

    /// <summary>For people: given, or built from the parameters that vary (<c>freight=80 growth=1.1</c>).</summary>
    public string Name { get; }

    /// <summary>What makes it different from its neighbours.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>What it asks; null where an expression failed before there was a request.</summary>
    public RunKey? Key { get; }

    /// <summary>
    /// The key that an earlier version of this program gave this run, by which its earlier result may still be found; null where it
    /// is the same.
    /// </summary>
    public RunKey? FormerKey { get; private init; }

    /// <summary>What to send; null where an expression failed.</summary>
    public TaskRequest? Request { get; }

    /// <summary>Why it cannot be sent, in one line; null where it can.</summary>
    public string? Defect { get; }

    /// <summary>A run that can be sent.</summary>
    public static PlannedRun Sendable(
        long index,
        string name,
        ParameterSet parameters,
        RunKey key,
        TaskRequest request,
        RunKey? formerKey = null
    ) => new(index, name, parameters, key, request, defect: null) { FormerKey = formerKey };

    /// <summary>A run whose own expressions failed: it is reported as failed, and the batch continues.</summary>
    public static PlannedRun Defective(long index, string name, ParameterSet parameters, string defect) =>
        new(index, name, parameters, key: null, request: null, defect);
}
