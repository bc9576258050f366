namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>An app that an AIMMS Cloud account has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">One of its versions; null where the account names none.</param>
public sealed record PublishedApp(string Name, string? Version);

/// <summary>The apps of an account.</summary>
/// <param name="All">An entry per version.</param>
public sealed record PublishedApps(IReadOnlyList<PublishedApp> All);
