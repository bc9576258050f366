using AimmsOrchestrator.Batches.Documents;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What to write once a batch is left.</summary>
/// <param name="AsJson">One JSON document instead of a summary.</param>
/// <param name="JUnit">The file for the results of the scenario's expectations; null for none.</param>
internal sealed record OutputOptions(bool AsJson, FileInfo? JUnit)
{
    /// <summary>Collects the JSON documents of several batches; null where one is written to standard output.</summary>
    public IList<BatchDocument>? Documents { get; init; }

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
