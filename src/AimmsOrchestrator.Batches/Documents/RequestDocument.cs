using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>The body of a request: JSON as it would be sent, text as a string, anything else in base64.</summary>
/// <param name="request">Null where the run cannot be sent; written as null, as is an empty body.</param>
[JsonConverter(typeof(Converter))]
public sealed class RequestDocument(TaskRequest? request)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private void WriteTo(Utf8JsonWriter writer)
    {
        if (request is not { Body.IsEmpty: false })
        {
            writer.WriteNullValue();
        }
        else if (request.MediaType == "application/json")
        {
            writer.WriteRawValue(request.Body.Span, skipInputValidation: true);
        }
        else
        {
            try
            {
                writer.WriteStringValue(StrictUtf8.GetString(request.Body.Span));
            }
            catch (DecoderFallbackException)
            {
                writer.WriteBase64StringValue(request.Body.Span);
            }
        }
    }

    internal sealed class Converter : JsonConverter<RequestDocument>
    {
        public override RequestDocument Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Plans are only written.");

        public override void Write(Utf8JsonWriter writer, RequestDocument value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }
}
