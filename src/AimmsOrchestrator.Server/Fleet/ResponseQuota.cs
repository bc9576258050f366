using System.Globalization;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Settings;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>
/// How many bytes of responses an owner's batches may have stored. At the limit no batch of the owner begins, and those under way
/// are paused: the results of their tasks are still retrieved and stored, all of them.
/// </summary>
internal sealed class ResponseQuota(ServerOptions options)
{
    /// <summary>What the warning about it is about.</summary>
    private const string Subject = "responses";

    /// <summary>How many bytes each owner's batches have stored.</summary>
    public static IReadOnlyDictionary<string, long> Stored(IJournalReader reader)
    {
        var sizes = reader.Sizes();
        return reader
            .Batches()
            .Where(batch => batch.Owner is not null)
            .GroupBy(batch => batch.Owner!, StringComparer.Ordinal)
            .ToDictionary(
                own => own.Key,
                own => own.Sum(batch => sizes.GetValueOrDefault(batch.Number, StoredSize.None).Responses),
                StringComparer.Ordinal
            );
    }

    /// <summary>A folder is freed while nothing of it is driven, on the server's own machine.</summary>
    private string MakesRoom =>
        options.Workspace.IsFreedBesideWork
            ? "`aimms-batch prune --database …` makes room"
            : "`aimms-batch prune` on the server makes room";

    /// <summary>Why an owner's batches may run no more, as a sentence; null where they may.</summary>
    public string? WhyFull(string? owner, IReadOnlyDictionary<string, long> stored) =>
        owner is not null && stored.GetValueOrDefault(owner) is var bytes && bytes >= options.Settings.MostResponseBytes
            ? $"{owner} has {Text(bytes)} of responses stored, and this server allows {Text(options.Settings.MostResponseBytes)}: "
                + $"{MakesRoom}, and `responses: none` in a scenario needs none"
            : null;

    /// <summary>The warning about a batch that the server has paused for it; null where it has not.</summary>
    public BatchWarning? WarningOf(BatchRecord batch, ControlLog controls, IJournalReader reader) =>
        !batch.IsFinished && controls.Pause?.Author == AccessToken.ServerName
            ? new BatchWarning(
                Subject,
                WhyFull(batch.Owner, Stored(reader)) ?? "the server paused it for want of room, and continues it now"
            )
            : null;

    private static string Text(long bytes) =>
        bytes >= 1L << 30 ? Format(bytes, 1L << 30, "GB")
        : bytes >= 1L << 20 ? Format(bytes, 1L << 20, "MB")
        : Format(bytes, 1L << 10, "kB");

    private static string Format(long bytes, long unit, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / unit:0.#} {name}");
}
