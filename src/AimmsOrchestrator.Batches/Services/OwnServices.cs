using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Scenarios.Emulation;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>Services of a scenario's author as the emulator runs them; what they replay comes from a workspace.</summary>
public sealed class OwnServices : IDisposable
{
    private readonly List<ReplayedBatch> _replayed = [];

    private OwnServices() { }

    /// <summary>No service.</summary>
    public static OwnServices None { get; } = new();

    /// <summary>The services for the emulator.</summary>
    public IReadOnlyList<OwnService> Services { get; private set; } = [];

    /// <param name="emulated">What the author wrote.</param>
    /// <param name="workspace">Where batches to replay are; null where there is none.</param>
    public static Result<OwnServices> Open(EmulatedServices emulated, IWorkspace? workspace)
    {
        ArgumentNullException.ThrowIfNull(emulated);
        var own = new OwnServices();
        var services = new List<OwnService>();
        foreach (var service in emulated.Services)
        {
            ReplayedBatch? replayed = null;
            if (service.Replay is { } name)
            {
                var opened = ReplayedBatch.Open(workspace, name);
                if (!opened.IsSuccess)
                {
                    own.Dispose();
                    return new BatchProblem.ReplayMissing(service.Name, opened.Problem);
                }

                replayed = opened.Value;
                own._replayed.Add(replayed);
            }

            services.Add(
                new OwnService(
                    service.Name,
                    request =>
                        replayed is null ? AnswerAsync(service, request) : Task.FromResult(replayed.Answer(request))
                )
                {
                    RunTime = service.RunTime,
                    Failures = service.Failures,
                    Message = service.Message,
                    Queue = service.Queue,
                }
            );
        }

        own.Services = services;
        return own;
    }

    public void Dispose() => _replayed.ForEach(batch => batch.Dispose());

    private static async Task<OwnAnswer> AnswerAsync(EmulatedService service, ReadOnlyMemory<byte> request)
    {
        var (body, failure) = service.AnswerTo(request);
        return body is null
            ? new OwnAnswer(null, null) { Error = failure }
            : await AnswerFormats.WriteAsync(service.Format, body);
    }
}
