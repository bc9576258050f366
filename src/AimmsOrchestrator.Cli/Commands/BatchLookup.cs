using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Finds the batch that a person means.</summary>
internal static class BatchLookup
{
    /// <exception cref="UserErrorException">There is none.</exception>
    public static BatchRecord Find(IJournalReader reader, string? name, string workspace)
    {
        if (reader.Find(name) is { } batch)
        {
            return batch;
        }

        if (name is null)
        {
            throw new UserErrorException($"{workspace}: no batches yet; `aimms-batch run SCENARIO` makes one");
        }

        var known = reader.Batches().Select(b => b.Id.Value).Take(5).ToList();
        var hint = known.Count > 0 ? $"; the latest are {string.Join(", ", known)}" : "";
        throw new UserErrorException($"{workspace}: no batch or scenario is called \"{name}\"{hint}");
    }
}
