using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>The vendor's hello-world: <c>{"lines": ["**", "*"]}</c> → <c>{"count": 3}</c>.</summary>
internal sealed class CountStarsModel : IModel
{
    public string Name => "countStarsJson";

    public Task<ModelAnswer> RunAsync(ModelCall call)
    {
        using var request = new RequestReader(call.Body);
        var lines = request.Member("lines");
        if (
            lines.ValueKind != JsonValueKind.Array
            || lines.EnumerateArray().Any(l => l.ValueKind != JsonValueKind.String)
        )
        {
            throw new ModelException("lines: a list of texts is expected");
        }

        var count = lines.EnumerateArray().Sum(line => line.GetString()!.Count(c => c == '*'));
        return Task.FromResult(JsonAnswer.Of(writer => writer.WriteNumber("count", count)));
    }
}

/// <summary>Answers what it was sent, byte for byte, with the type it was sent with.</summary>
internal sealed class EchoModel : IModel
{
    public string Name => "echo";

    public Task<ModelAnswer> RunAsync(ModelCall call) => Task.FromResult(new ModelAnswer(call.Body, call.MediaType));
}

/// <summary>
/// Sleeps for a given time (<c>{"seconds": 1.5}</c>) or a drawn one (<c>{"mean": 2, "distribution": "exponential",
/// "seed": 7}</c>; or <c>"uniform"</c>, from zero to twice the mean) and answers <c>{"slept": …}</c>, holding no thread.
/// An interrupted solve wakes it early.
/// </summary>
internal sealed class SleepModel(Dice dice) : IModel
{
    private const double Longest = 30 * 24 * 3600.0;

    public string Name => "sleep";

    public async Task<ModelAnswer> RunAsync(ModelCall call)
    {
        using var request = new RequestReader(call.Body);
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
        return JsonAnswer.Of(writer => writer.WriteNumber("slept", Math.Round(seconds, 6)));
    }

    private double Seconds(RequestReader request)
    {
        if (!request.Root.TryGetProperty("mean", out _))
        {
            return request.Number("seconds", fallback: 0, max: Longest);
        }

        var mean = request.Number("mean", max: Longest / 40);
        var chance = request.Root.TryGetProperty("seed", out _)
            ? new Dice((ulong)request.Whole("seed", 0, 0, int.MaxValue)).Next()
            : dice.Next();
        return request.Text("distribution") switch
        {
            null or "exponential" => -mean * Math.Log(1 - chance),
            "uniform" => 2 * mean * chance,
            var other => throw new ModelException($"distribution: \"{other}\" is neither exponential nor uniform"),
        };
    }
}

/// <summary>
/// The ready-made service of every model: <c>{"task-name": "…", "properties": {…}}</c> → an object of texts. This one
/// knows the task <c>describe</c>, which answers its properties and how many there are; any other name is an error.
/// </summary>
internal sealed class StandardTaskModel : IModel
{
    public string Name => "StandardTaskService";

    public Task<ModelAnswer> RunAsync(ModelCall call)
    {
        using var request = new RequestReader(call.Body);
        if (request.Text("task-name") is not "describe")
        {
            throw new ModelException($"there is no task \"{request.Text("task-name")}\"; the one there is: describe");
        }

        var properties =
            request.Root.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        return Task.FromResult(
            JsonAnswer.Of(writer =>
            {
                var count = 0;
                if (properties.ValueKind == JsonValueKind.Object)
                {
                    foreach (var property in properties.EnumerateObject())
                    {
                        writer.WriteString(property.Name, property.Value.ToString());
                        count++;
                    }
                }

                writer.WriteString("count", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            })
        );
    }
}
