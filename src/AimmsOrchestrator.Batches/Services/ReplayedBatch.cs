using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Scenarios.Emulation;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>The answers of an earlier batch, by request: the address may be another one than then.</summary>
internal sealed class ReplayedBatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly BatchId _id;
    private readonly long _number;
    private readonly IJournalReader _reader;
    private readonly Dictionary<string, long> _runs;
    private readonly Dictionary<long, string> _errors;
    private readonly Dictionary<long, string?> _mediaTypes;

    private ReplayedBatch(BatchRecord batch, IJournalReader reader, Dictionary<string, long> runs)
    {
        (_id, _number, _reader, _runs) = (batch.Id, batch.Number, reader, runs);
        _mediaTypes = reader
            .Responses(batch.Number)
            .ToDictionary(response => response.Run, response => response.MediaType);
        _errors = reader
            .Runs(batch.Number)
            .Where(run => run.Error is not null)
            .ToDictionary(run => run.Index, run => run.Error!.Message);
    }

    /// <param name="workspace">Where the batch is; null where there is none.</param>
    /// <param name="name">Its id, or its scenario's name for its latest batch.</param>
    public static Result<ReplayedBatch> Open(IWorkspace? workspace, string name)
    {
        if (workspace is null)
        {
            return new BatchProblem.NotFound(name, "");
        }

        var reader = workspace.OpenReader();
        var found = BatchLookup.Find(reader, name);
        var scenario = found.IsSuccess ? StoredScenarios.Load(found.Value, reader) : null;
        if (!found.IsSuccess || scenario is null)
        {
            reader.Dispose();
            return found.IsSuccess ? new BatchProblem.ScenarioUnreadable(found.Value.Id) : found.Problem;
        }

        var runs = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var run in scenario.Plan.Runs.From(0))
        {
            if (run.Request is { } request)
            {
                runs.TryAdd(EmulatedServices.KeyOf(request.Body), run.Index);
            }
        }

        return new ReplayedBatch(found.Value, reader, runs);
    }

    /// <summary>What the same request was answered in the batch; an error where there is no answer.</summary>
    public OwnAnswer Answer(ReadOnlyMemory<byte> request)
    {
        if (!_runs.TryGetValue(EmulatedServices.KeyOf(request), out var run))
        {
            return new OwnAnswer(null, null) { Error = $"{_id} has no run with this request" };
        }

        lock (_lock)
        {
            using var response = new MemoryStream();
            if (_reader.CopyResponse(_number, run, response))
            {
                return new OwnAnswer(response.ToArray(), _mediaTypes.GetValueOrDefault(run) ?? "application/json");
            }
        }

        return new OwnAnswer(null, null)
        {
            Error = _errors.TryGetValue(run, out var error) ? error : $"{_id} has no response of run {run}",
        };
    }

    public void Dispose() => _reader.Dispose();
}
