using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// A response that is too large to be parsed: a tree of it takes many times its size. Plain paths are found by reading it
/// from its beginning to its end; nothing else can be evaluated.
/// </summary>
internal sealed class LargeResponse(ReadOnlyMemory<byte> body)
{
    /// <summary>The most bytes that are parsed, 16 MB.</summary>
    public const int Limit = 16 << 20;

    /// <summary>Why an expression other than a plain path has no value.</summary>
    public string Defect =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the response has {body.Length >> 20} MB, and only plain paths such as response.a.b read one of more than {Limit >> 20} MB"
        );

    /// <summary>The value at a path. Of a member that occurs twice the last one counts, as everywhere.</summary>
    public Outcome Find(IReadOnlyList<PathStep> steps)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = JsonDepth.Max });
            reader.Read();
            for (var i = 0; i < steps.Count; i++)
            {
                var step = steps[i];
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when Member(ref reader, step.Name):
                    case JsonTokenType.StartArray when step.Index >= 0 && Item(ref reader, step.Index):
                        break;
                    case JsonTokenType.StartArray when step.Name == "length" && i == steps.Count - 1:
                        return Value.Number(Count(ref reader));
                    case JsonTokenType.StartObject:
                    case JsonTokenType.StartArray when step.Index >= 0:
                        return Missing(steps, i);
                    case JsonTokenType.Null:
                        return Outcome.Failed($"Cannot read properties of null (reading '{step.Name}')");
                    default:
                        return Outcome.Failed(Defect);
                }
            }

            return Found(ref reader);
        }
        catch (JsonException)
        {
            return Outcome.Failed("the response is not JSON");
        }
    }

    private static Outcome Missing(IReadOnlyList<PathStep> steps, int at) =>
        at == steps.Count - 1
            ? Outcome.Failed("it is undefined")
            : Outcome.Failed($"Cannot read properties of undefined (reading '{steps[at + 1].Name}')");

    /// <summary>Goes to a member's value; false where there is none.</summary>
    private static bool Member(ref Utf8JsonReader reader, string name)
    {
        var last = reader;
        var isFound = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                last = reader;
                isFound = true;
            }

            reader.Skip();
        }

        if (isFound)
        {
            reader = last;
        }

        return isFound;
    }

    private static bool Item(ref Utf8JsonReader reader, int index)
    {
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == index)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static int Count(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    private Outcome Found(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var length = (int)reader.BytesConsumed - start;
        if (length > ValueSize.MaxCharacters)
        {
            return Outcome.Failed(ValueSize.TooLong);
        }

        var json = LenientJson.RepairSurrogates(
            BodyText.Utf8(body.Slice(start, length), contentType: null, out var damage)
        );
        if (damage is not null)
        {
            return Outcome.Failed(damage);
        }

        using var document = JsonDocument.Parse(json, JsonDepth.Document);
        return PathExpression.Found(document.RootElement);
    }
}
