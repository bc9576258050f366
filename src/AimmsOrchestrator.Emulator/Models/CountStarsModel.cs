using System.Text.Json;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>The vendor's hello-world: <c>{"lines": ["**", "*"]}</c> → <c>{"count": 3}</c>.</summary>
internal sealed class CountStarsModel : IModel
{
    public string Name => "countStarsJson";

    public Task<ModelOutput> RunAsync(ModelCall call)
    {
        using var request = new InputReader(call.Body);
        var lines = request.Member("lines");
        if (
            lines.ValueKind != JsonValueKind.Array
            || lines.EnumerateArray().Any(l => l.ValueKind != JsonValueKind.String)
        )
        {
            throw new ModelException("lines: a list of texts is expected");
        }

        var count = lines.EnumerateArray().Sum(line => line.GetString()!.Count(c => c == '*'));
        return Task.FromResult(JsonOutput.Of(writer => writer.WriteNumber("count", count)));
    }
}
