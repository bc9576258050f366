using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>One parameter of a run and its value, typed as YAML 1.2 and JSON know types.</summary>
public readonly record struct Parameter(string Name, JsonElement Value);

/// <summary>The parameters that make one run different from another, in the order the scenario names them.</summary>
public sealed class ParameterSet(IReadOnlyList<Parameter> parameters)
{
    /// <summary>A run without parameters.</summary>
    public static ParameterSet Empty { get; } = new([]);

    /// <summary>The parameters, in the scenario's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    /// <summary>A JSON object of the parameters by name, numbers as they were written.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the same object to a writer.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var parameter in Parameters)
        {
            writer.WritePropertyName(parameter.Name);
            parameter.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
