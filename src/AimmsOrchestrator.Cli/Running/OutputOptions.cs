namespace AimmsOrchestrator.Cli.Running;

/// <summary>What to write once a batch is left.</summary>
/// <param name="AsJson">One JSON document instead of a summary.</param>
/// <param name="JUnit">The file for the results of the scenario's expectations; null for none.</param>
internal sealed record OutputOptions(bool AsJson, FileInfo? JUnit)
{
    /// <summary>Checks, before anything is sent, that it can be written.</summary>
    /// <exception cref="UserErrorException">It cannot.</exception>
    public void Check()
    {
        if (JUnit is { Directory: { Exists: false } folder })
        {
            throw new UserErrorException($"--junit: {JUnit} cannot be written: there is no folder {folder}");
        }
    }
}
