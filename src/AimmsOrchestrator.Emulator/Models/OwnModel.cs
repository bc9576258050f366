using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// A service of the emulator's owner: it runs for a while, and then fails or answers. An interrupted solve answers early.
/// </summary>
internal sealed class OwnModel(OwnService service, SeededRandom random) : IModel
{
    public string Name => service.Name;

    /// <summary>How many of its tasks may wait; null for any number.</summary>
    public int? Queue => service.Queue;

    public async Task<ModelOutput> RunAsync(ModelCall call)
    {
        var runTime = service.RunTime(random.Next());
        var fails = random.Happens(service.Failures);
        call.Write($"{Name}: runs for {runTime.TotalSeconds:0.###} s");
        call.IsSolving = true;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            call.SolveInterrupted,
            call.ExecutionInterrupted
        );
        try
        {
            await Task.Delay(runTime, call.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.ExecutionInterrupted.IsCancellationRequested)
        {
            call.Write($"{Name}: the solve was interrupted");
        }

        call.IsSolving = false;
        if (fails)
        {
            throw new ModelException(service.Message);
        }

        var answer = await service.Answer(call.Body).ConfigureAwait(false);
        return answer.Body is { } body
            ? new ModelOutput(body, answer.MediaType)
            : throw new ModelException(answer.Error ?? "there is no answer");
    }
}
