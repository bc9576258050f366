using System.Runtime.InteropServices;
using AimmsOrchestrator.Emulator.Faults;
using Google.OrTools.LinearSolver;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>The models by service name; services of the emulator's owner come before models. Names are case-sensitive.</summary>
internal sealed class ModelLibrary
{
    /// <summary>A slim build leaves the solver's native libraries out.</summary>
    private static readonly Lazy<bool> HasSolver = new(() =>
        NativeLibrary.TryLoad("google-ortools-native", typeof(Solver).Assembly, searchPath: null, out _)
    );

    private readonly Dictionary<string, IModel> _models;

    public ModelLibrary(SeededRandom random, IReadOnlyList<OwnService> services)
    {
        _models = new IModel[]
        {
            new TransportModel(),
            new FacilityLocationModel(),
            new CountStarsModel(),
            new EchoModel(),
            new SleepModel(random),
            new StandardTaskModel(),
        }.ToDictionary(m => m.Name, StringComparer.Ordinal);
        foreach (var service in services)
        {
            _models[service.Name] = new OwnModel(service, random);
        }
    }

    public IEnumerable<string> Names => _models.Keys;

    public IModel? Find(string name) => _models.GetValueOrDefault(name);

    /// <summary>Why a model of this build cannot run, in a sentence; null where it can, and where there is no such model.</summary>
    public string? Problem(string name) =>
        Find(name) is { NeedsSolver: true } && !HasSolver.Value
            ? $"\"{name}\" needs the solver, which this slim build of the program leaves out; the full one has it"
            : null;
}
