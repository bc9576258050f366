using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Json;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>A response read as JSON, or why it cannot be.</summary>
internal sealed class ResponseJson : IDisposable
{
    private readonly JsonDocument? _document;

    private ResponseJson(JsonDocument? document, ReadOnlyMemory<byte> body, string? why)
    {
        _document = document;
        Body = body;
        Why = why;
    }

    /// <summary>The JSON; null where there is none.</summary>
    public JsonElement? Root => _document?.RootElement;

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Why the response is no JSON; null where it is.</summary>
    public string? Why { get; }

    /// <summary>Why characters of the JSON are replaced by U+FFFD; null where none is.</summary>
    public string? Damage { get; private init; }

    /// <summary>Whether the JSON stands for a text or a table, which is not a result as a whole.</summary>
    public bool IsConverted { get; private init; }

    /// <summary>The response where it is too large to be parsed; null where it is not.</summary>
    public LargeResponse? Large { get; private init; }

    /// <summary>Whether the response holds the service's key, which is not in what is read here.</summary>
    public bool HoldsKey { get; private init; }

    /// <param name="response">The response; null where there is none.</param>
    /// <param name="redactor">Removes the service's key.</param>
    public static ResponseJson Parse(TaskResponse? response, KeyRedactor redactor)
    {
        if (response is null || response.Body.IsEmpty)
        {
            return new ResponseJson(null, ReadOnlyMemory<byte>.Empty, "there is no response");
        }

        if (response.Body.Length > LargeResponse.Limit)
        {
            return OfLarge(response, redactor);
        }

        var text = BodyText.Utf8(response.Body, response.MediaType, out var damage);
        var holdsKey = redactor.IsIn(text.Span);
        var body = LenientJson.RepairSurrogates(holdsKey ? redactor.Redact(text) : text);
        try
        {
            return new ResponseJson(JsonDocument.Parse(body, JsonDepth.Document), body, why: null)
            {
                Damage = damage,
                HoldsKey = holdsKey,
            };
        }
        catch (JsonException)
        {
            var type = response.MediaType is null ? "" : $" ({response.MediaType})";
            var why = $"the response is not JSON{type}{(damage is null ? "" : $": {damage}")}";
            return OfDocument(response, body, why, redactor)
                ?? new ResponseJson(null, body, why) { HoldsKey = holdsKey };
        }
    }

    /// <summary>A text or a table as JSON; null where the response is neither.</summary>
    private static ResponseJson? OfDocument(
        TaskResponse response,
        ReadOnlyMemory<byte> text,
        string why,
        KeyRedactor redactor
    )
    {
        // A workbook or a Parquet file is no text: its bytes as they came.
        var body = DocumentResponse.IsBinary(response.Body.Span) ? response.Body : text;
        if (DocumentResponse.ToJson(body, response.MediaType) is not { } found)
        {
            return null;
        }

        // The texts of such a file are compressed in it.
        ReadOnlyMemory<byte> converted = found;
        var holdsKey = redactor.IsIn(response.Body.Span) || redactor.IsIn(converted.Span);
        converted = holdsKey ? redactor.Redact(converted) : converted;
        return new ResponseJson(JsonDocument.Parse(converted, JsonDepth.Document), converted, why)
        {
            HoldsKey = holdsKey,
            IsConverted = true,
        };
    }

    private static ResponseJson OfLarge(TaskResponse response, KeyRedactor redactor)
    {
        var holdsKey = redactor.IsIn(response.Body.Span);
        var body = holdsKey ? redactor.Redact(response.Body) : response.Body;
        return response.MediaType?.Contains("charset", StringComparison.OrdinalIgnoreCase) is true
            ? new ResponseJson(
                null,
                body,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the response has {body.Length >> 20} MB and is not in UTF-8 ({response.MediaType}): it is kept, and not read"
                )
            )
            : new ResponseJson(null, body, why: null)
            {
                HoldsKey = holdsKey,
                Large = new LargeResponse(
                    body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body
                ),
            };
    }

    /// <summary>Why the whole response cannot be the results; null where it can.</summary>
    public string? DefectAsObject =>
        Body.Length > ValueSize.MaxCharacters
            ? $"response: it has {Body.Length >> 20} MB, and results take 5 MB at most: name what you need in `results`"
            : null;

    /// <summary>An object as it is, any other JSON as the one member <c>response</c>, nothing where there is no JSON.</summary>
    public string AsObject()
    {
        if (Root is not { } root || IsConverted || DefectAsObject is not null)
        {
            return "{}";
        }

        var text = Compact(root);
        return root.ValueKind == JsonValueKind.Object ? text : $"{{\"response\":{text}}}";
    }

    public void Dispose() => _document?.Dispose();

    private static string Compact(JsonElement root)
    {
        var text = root.GetRawText();
        return text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : JsonSerializer.Serialize(root, JsonDepth.Serializer);
    }
}
