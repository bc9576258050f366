using System.Buffers;
using System.Security.Cryptography;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Runs;

/// <summary>Makes runs from points: fills the request's placeholders, and hashes the request to the run's key. For one thread.</summary>
internal sealed class RunMaker(ParameterTable parameters, RunNames names, RequestTemplate request) : IDisposable
{
    private readonly Value[] _fillings = new Value[request.Placeholders.Count + 1];
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    // One for all runs: creating a hash costs more than hashing a small body.
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];

    private RunKey? _constantKey;
    private RunKey? _constantFormerKey;

    /// <summary>The run; one that cannot be sent is defective and says why.</summary>
    public PlannedRun Make(Point point, long index, out Defect? defect)
    {
        var name = names.Of(point);
        defect = point.Defect ?? FillPlaceholders(point, index);
        return defect is null
            ? PlannedRun.Sendable(index, name, Parameters(point), Key(point), Request(), FormerKey(point))
            : PlannedRun.Defective(index, name, Parameters(point), defect.ToString());
    }

    public void Dispose() => _sha256.Dispose();

    private Defect? FillPlaceholders(Point point, long index)
    {
        if (request.Placeholders.Count == 0)
        {
            return null;
        }

        using var scope = new RunScope(point.Values, index);
        for (var i = 0; i < request.Placeholders.Count; i++)
        {
            var outcome = request.Placeholders[i].Fill(scope);
            if (outcome.Value is not { } value)
            {
                return new Defect(request.Placeholders[i].Template.Location, outcome.Failure!);
            }

            _fillings[i] = value;
        }

        return null;
    }

    private TaskRequest Request()
    {
        var target = request.ServiceTarget.Fill(_fillings);
        if (request.Document is not { } document)
        {
            return new TaskRequest(target, request.Body.Bytes, request.Body.MediaType);
        }

        if (document.Constant is { } constant)
        {
            return new TaskRequest(target, constant, request.Body.MediaType);
        }

        _buffer.ResetWrittenCount();
        document.Render(_buffer, _fillings);
        return new TaskRequest(target, _buffer.WrittenSpan.ToArray(), request.Body.MediaType);
    }

    private RunKey Key(Point point) => Key(point, request.Key, request.ReplicateKey, ref _constantKey);

    private RunKey? FormerKey(Point point) =>
        request is { FormerKey: { } key, FormerReplicateKey: { } replicateKey }
            ? Key(point, key, replicateKey, ref _constantFormerKey)
            : null;

    private RunKey Key(Point point, TemplateSegments key, TemplateSegments replicateKey, ref RunKey? constantKey)
    {
        var replicate = point.Replicate;
        if (replicate is null && key.Constant is { } constant)
        {
            return constantKey ??= Hash(constant);
        }

        _buffer.ResetWrittenCount();
        if (replicate is null)
        {
            key.Render(_buffer, _fillings);
        }
        else
        {
            _fillings[^1] = replicate;
            replicateKey.Render(_buffer, _fillings);
        }

        return Hash(_buffer.WrittenSpan);
    }

    private RunKey Hash(ReadOnlySpan<byte> canonical)
    {
        _sha256.AppendData(canonical);
        _sha256.GetHashAndReset(_hash);
        return new RunKey(_hash);
    }

    private ParameterSet Parameters(Point point)
    {
        var set = new List<Parameter>(point.Values.Length);
        for (var slot = 0; slot < point.Values.Length; slot++)
        {
            if (point.Values[slot] is { } value)
            {
                set.Add(new Parameter(parameters.Names[slot], value.Element));
            }
        }

        return set.Count == 0 ? ParameterSet.Empty : new ParameterSet(set);
    }
}
