using System.Globalization;
using System.Text.Json;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// The ready-made service of every model: <c>{"task-name": "…", "properties": {…}}</c> → an object of texts. This one
/// knows the task <c>describe</c>, which answers its properties and their count; any other name is an error.
/// </summary>
internal sealed class StandardTaskModel : IModel
{
    public string Name => "StandardTaskService";

    public Task<ModelOutput> RunAsync(ModelCall call)
    {
        using var request = new InputReader(call.Body);
        if (request.Text("task-name") is not "describe")
        {
            throw new ModelException($"there is no task \"{request.Text("task-name")}\"; the one there is: describe");
        }

        var properties =
            request.Root.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        return Task.FromResult(
            JsonOutput.Of(writer =>
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

                writer.WriteString("count", count.ToString(CultureInfo.InvariantCulture));
            })
        );
    }
}
