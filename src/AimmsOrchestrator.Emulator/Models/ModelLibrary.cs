using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>The models by service name; services of the emulator's owner come before models. Names are case-sensitive.</summary>
internal sealed class ModelLibrary
{
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
}
