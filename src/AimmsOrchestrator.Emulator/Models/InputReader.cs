using System.Text.Json;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>Reads a model's JSON request; an invalid one is an error of the model that names the member.</summary>
internal sealed class InputReader : IDisposable
{
    private readonly JsonDocument _document;

    public InputReader(byte[] body)
    {
        try
        {
            _document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        }
        catch (JsonException e)
        {
            throw new ModelException($"the request is not JSON: {e.Message}", e);
        }

        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ModelException("the request is not a JSON object");
        }
    }

    public JsonElement Root => _document.RootElement;

    public double Number(string name, double? fallback = null, double min = 0, double max = double.MaxValue) =>
        Root.TryGetProperty(name, out var element) ? Number(element, name, min, max) : fallback ?? throw Missing(name);

    public int Whole(string name, int fallback, int min, int max)
    {
        var number = Number(name, fallback, min, max);
        return Math.Abs(number - Math.Round(number)) < 1e-9
            ? (int)Math.Round(number)
            : throw new ModelException($"{name}: {number} is not a whole number");
    }

    public string? Text(string name) =>
        !Root.TryGetProperty(name, out var element) ? null
        : element.ValueKind == JsonValueKind.String ? element.GetString()
        : throw new ModelException($"{name}: a text is expected");

    /// <summary>Numbers by name.</summary>
    public Dictionary<string, double> Numbers(string name) => Numbers(Member(name), name);

    /// <summary>Numbers by row and column.</summary>
    public Dictionary<string, Dictionary<string, double>> Table(string name) =>
        Members(Member(name), name).ToDictionary(m => m.Name, m => Numbers(m.Value, $"{name}.{m.Name}"));

    public JsonElement Member(string name) =>
        Root.TryGetProperty(name, out var element) ? element : throw Missing(name);

    public void Dispose() => _document.Dispose();

    private static ModelException Missing(string name) => new($"{name}: missing in the request");

    private static Dictionary<string, double> Numbers(JsonElement element, string name) =>
        Members(element, name).ToDictionary(m => m.Name, m => Number(m.Value, $"{name}.{m.Name}", 0, double.MaxValue));

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new ModelException($"{name}: an object is expected");

    private static double Number(JsonElement element, string name, double min, double max)
    {
        if (
            element.ValueKind != JsonValueKind.Number
            || !element.TryGetDouble(out var number)
            || !double.IsFinite(number)
        )
        {
            throw new ModelException($"{name}: a number is expected");
        }

        return number >= min && number <= max
            ? number
            : throw new ModelException(
                $"{name}: {number} is {(number < min ? $"less than {min}" : $"more than {max}")}"
            );
    }
}
