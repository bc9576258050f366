using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>The models by service name. Names are case-sensitive.</summary>
internal sealed class ModelLibrary(SeededRandom random)
{
    private readonly Dictionary<string, IModel> _models = new IModel[]
    {
        new TransportModel(),
        new FacilityLocationModel(),
        new CountStarsModel(),
        new EchoModel(),
        new SleepModel(random),
        new StandardTaskModel(),
    }.ToDictionary(m => m.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => _models.Keys;

    public IModel? Find(string name) => _models.GetValueOrDefault(name);
}
