using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>
/// Finds the profile that a scenario uses: the one that its batch began with where the scenario is a stored one, otherwise
/// the one of today, which is stored with the batch.
/// </summary>
/// <param name="profiles">The profiles of today.</param>
/// <param name="files">What is stored with the scenario.</param>
/// <param name="environment">Where keys may be.</param>
/// <param name="needsKey">Whether keys are read at all.</param>
internal sealed class ProfileUse(
    ServiceProfiles profiles,
    ScenarioFiles files,
    Func<string, string?> environment,
    bool needsKey
)
{
    /// <summary>Whether the scenario's key is read, wherever it is.</summary>
    public bool NeedsKey => needsKey;

    /// <summary>The names of the profiles of today.</summary>
    public IReadOnlyList<string> Names => profiles.Names();

    /// <summary>The profile; null, with a diagnostic, where there is none.</summary>
    public ServiceProfile? Find(string name, SourceLocation location, DiagnosticBag diagnostics)
    {
        var attachment = StoredProfile.AttachmentOf(name);
        if (files.Stored(attachment) is { } json && StoredProfile.Read(name, json) is { } stored)
        {
            return stored;
        }

        var profile = profiles.Find(name, location, diagnostics);
        if (profile is not null)
        {
            files.Remember(attachment, StoredProfile.Write(profile));
        }

        return profile;
    }

    /// <summary>The profile's key; null where it has or needs none, and, with a diagnostic, where it cannot be read.</summary>
    public ApiKey? Key(ServiceProfile profile, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (!profile.HasKey)
        {
            return null;
        }

        if (!needsKey)
        {
            var known = profile.IsStored ? profiles.Find(profile.Name, location, new DiagnosticBag()) : profile;
            return KeyAtHand(known?.Key);
        }

        if (SourceOf(profile, location, diagnostics) is not { } source)
        {
            return null;
        }

        var outcome = KeyReader.Read(source, environment);
        if (outcome.Problem is { } problem)
        {
            diagnostics.Add(location, $"the key of the profile {profile.Name}: {problem}");
        }

        return outcome.Key;
    }

    /// <summary>
    /// A key that is not needed, and is there all the same: it is kept out of whatever is shown. No command is run for it, and
    /// one that cannot be read is no error.
    /// </summary>
    public ApiKey? KeyAtHand(KeySource? source) =>
        source is null or KeySource.Command ? null : KeyReader.Read(source, environment).Key;

    private KeySource? SourceOf(ServiceProfile profile, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (!profile.IsStored)
        {
            return profile.Key;
        }

        if (profiles.Find(profile.Name, location, diagnostics) is not { } today)
        {
            return null;
        }

        // A key goes to no address but the one that its profile names.
        if (!today.IsAtTheAddressOf(profile))
        {
            diagnostics.Add(
                location,
                $"the profile {profile.Name} leads to {today.Url} now ({today.Source}), and this batch is at {profile.Url}: its key is not sent there; name that address in the profile again, or run the scenario anew"
            );
            return null;
        }

        return today.Key;
    }
}
