using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AimmsOrchestrator.Server.Http;

/// <summary>The batch that a request is about.</summary>
internal sealed class BatchAccess(ServerOptions options, ReaderPool readers, StatusBoard statuses) : IDisposable
{
    /// <summary>The journal; for this request alone.</summary>
    public IJournalReader Reader { get; } = readers.Rent();

    public IWorkspace Workspace => options.Workspace;

    /// <summary>The batch of an id; null where there is none. A scenario's name is no id.</summary>
    public BatchRecord? Find(string id) => Find(Reader, id);

    /// <summary>The same for a request that lasts, and has no reader for itself.</summary>
    public static BatchRecord? Find(IJournalReader reader, string id) =>
        reader.Find(id) is { } batch && batch.Id.Value == id ? batch : null;

    public static ProblemHttpResult Missing(string id) => Problems.Of(404, $"there is no batch \"{id}\"");

    public BatchStatus StatusOf(BatchRecord batch) => statuses.Of(batch, Reader);

    /// <summary>As <c>status --json</c>.</summary>
    public BatchDocument DocumentOf(BatchRecord batch) =>
        BatchDocument.Of(StatusOf(batch)) with
        {
            UnderWay = RunUnderWayDocument.Of(Reader.RunsUnderWay(batch.Number), Reader.Solves(batch.Number)),
        };

    public void Dispose() => readers.Return(Reader);
}
