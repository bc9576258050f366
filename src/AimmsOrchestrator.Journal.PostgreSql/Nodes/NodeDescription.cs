namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>What a node says of itself.</summary>
/// <param name="Name">Its name, which no other start of a process has.</param>
/// <param name="Text">Process, machine and since when, for people.</param>
/// <param name="Address">Where its fellows reach it; null where they do not.</param>
/// <param name="Version">The program's version.</param>
internal sealed record NodeDescription(string Name, string Text, string? Address, string Version);
