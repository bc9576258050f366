using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Emulation;

namespace AimmsOrchestrator.Batches.Authoring;

/// <summary>Sends the first run of a scenario as one task and reads its response: no journal, no second attempt.</summary>
/// <param name="time">The clock.</param>
/// <param name="connect">Connects to a scenario's service; over HTTP by default.</param>
public sealed class ServiceProbe(TimeProvider time, Func<Scenario, TimeProvider, Task<ServicePeer>>? connect = null)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How often in a row a poll may fail.</summary>
    private const int MostFaults = 5;

    /// <param name="scenario">The scenario.</param>
    /// <param name="cancellation">Ends the waiting; the task is interrupted then.</param>
    public async Task<ProbeOutcome> AskAsync(Scenario scenario, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var run = scenario.Plan.Runs.From(0).First();
        if (run.Request is not { } request)
        {
            return Problem(run.Defect ?? "the scenario sends no request");
        }

        // A scenario that is being written replays no batch, so that no workspace is needed.
        var own = OwnServices.Open(scenario.UsesEmulator ? scenario.Emulator : EmulatedServices.None, workspace: null);
        if (!own.IsSuccess)
        {
            return Problem("emulator: a batch that is replayed cannot be probed");
        }

        await using var peer = await (
            connect is null ? ServicePeer.ConnectAsync(scenario, own.Value, time) : connect(scenario, time)
        );
        var submitted = await peer.Service.SubmitAsync(request, cancellation);
        if (!submitted.IsSuccess)
        {
            return Problem(submitted.Fault.Message);
        }

        try
        {
            return await FollowAsync(peer.Service, submitted.Value, cancellation);
        }
        catch (OperationCanceledException)
        {
            await peer.Service.InterruptAsync(submitted.Value, Interrupt.Execution, CancellationToken.None);
            throw;
        }
    }

    private async Task<ProbeOutcome> FollowAsync(ITaskService service, TaskId task, CancellationToken cancellation)
    {
        var faults = 0;
        for (var wait = FirstWait; ; wait = wait * 1.5 < LongestWait ? wait * 1.5 : LongestWait)
        {
            await Task.Delay(wait, time, cancellation);
            var state = await service.GetStateAsync(task, cancellation);
            if (state is { IsSuccess: true, Value.State: TaskState.Failed })
            {
                return Problem($"the task failed: {state.Value.ErrorMessage ?? "the service does not say why"}");
            }

            if (state is { IsSuccess: true, Value.State: TaskState.Completed })
            {
                var response = await service.GetResponseAsync(task, cancellation);
                if (response.IsSuccess)
                {
                    return new ProbeOutcome(response.Value, Problem: null);
                }

                state = response.Fault;
            }

            faults = state.IsSuccess ? 0 : faults + 1;
            if (faults == MostFaults)
            {
                return Problem(state.Fault!.Message);
            }
        }
    }

    private static ProbeOutcome Problem(string why) => new(Response: null, why);
}
