namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>A version of an application, as it was published.</summary>
/// <param name="Name">The application.</param>
/// <param name="Version">Its version.</param>
internal sealed record Application(string Name, string Version)
{
    public string? Description { get; init; }

    public string? Category { get; init; }

    /// <summary>The AIMMS that it was made with.</summary>
    public string? AimmsVersion { get; init; }

    /// <summary>Whether it is the version that submits without one mean.</summary>
    public bool IsLatest { get; init; }
}

/// <summary>
/// The applications of the cloud: what was published here. Their models are not run; a submit to any application is taken,
/// published or not.
/// </summary>
internal sealed class Applications
{
    private readonly Lock _lock = new();
    private readonly List<Application> _all = [];

    /// <summary>In the order of their publication.</summary>
    public Application[] All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    public bool Has(string name) => All.Any(application => application.Name == name);

    /// <summary>The version tagged latest; null where none is.</summary>
    public string? Latest(string name) =>
        All.FirstOrDefault(application => application.Name == name && application.IsLatest)?.Version;

    public Application? Find(string name, string version) =>
        All.FirstOrDefault(application => application.Name == name && application.Version == version);

    /// <summary>Adds a version, or replaces it; a tag "latest" leaves the other versions.</summary>
    public void Put(Application application)
    {
        lock (_lock)
        {
            var before = _all.FindIndex(other => IsSame(other, application.Name, application.Version));
            if (application.IsLatest)
            {
                for (var i = 0; i < _all.Count; i++)
                {
                    _all[i] = _all[i].Name == application.Name ? _all[i] with { IsLatest = false } : _all[i];
                }
            }

            if (before < 0)
            {
                _all.Add(application);
            }
            else
            {
                _all[before] = application;
            }
        }
    }

    /// <returns>Whether there was one.</returns>
    public bool Remove(string name, string version)
    {
        lock (_lock)
        {
            return _all.RemoveAll(application => IsSame(application, name, version)) > 0;
        }
    }

    private static bool IsSame(Application application, string name, string version) =>
        application.Name == name && application.Version == version;
}
