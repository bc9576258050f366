using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// Sleeps for a given time (<c>{"seconds": 1.5}</c>) or a random one (<c>{"mean": 2, "distribution": "exponential",
/// "seed": 7}</c>; or <c>"uniform"</c>, from zero to twice the mean) and answers <c>{"slept": …}</c>, with the request's
/// <c>label</c> where it has one. It holds no thread. An interrupted solve wakes it early.
/// </summary>
internal sealed class SleepModel(SeededRandom random) : IModel
{
    private const double Longest = 30 * 24 * 3600.0;

    public string Name => "sleep";

    public async Task<ModelOutput> RunAsync(ModelCall call)
    {
        using var request = new InputReader(call.Body);
        var seconds = Seconds(request);
        var start = call.Time.GetTimestamp();
        call.IsSolving = true;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            call.SolveInterrupted,
            call.ExecutionInterrupted
        );
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), call.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.ExecutionInterrupted.IsCancellationRequested)
        {
            seconds = call.Time.GetElapsedTime(start).TotalSeconds;
        }

        call.IsSolving = false;
        return JsonOutput.Of(writer =>
        {
            writer.WriteNumber("slept", Math.Round(seconds, 6));
            if (request.Root.TryGetProperty("label", out var label))
            {
                writer.WritePropertyName("label");
                label.WriteTo(writer);
            }
        });
    }

    private double Seconds(InputReader request)
    {
        if (!request.Root.TryGetProperty("mean", out _))
        {
            return request.Number("seconds", fallback: 0, max: Longest);
        }

        var mean = request.Number("mean", max: Longest / 40);
        var chance = request.Root.TryGetProperty("seed", out _)
            ? new SeededRandom((ulong)request.Whole("seed", 0, 0, int.MaxValue)).Next()
            : random.Next();
        return request.Text("distribution") switch
        {
            null or "exponential" => -mean * Math.Log(1 - chance),
            "uniform" => 2 * mean * chance,
            var other => throw new ModelException($"distribution: \"{other}\" is neither exponential nor uniform"),
        };
    }
}
