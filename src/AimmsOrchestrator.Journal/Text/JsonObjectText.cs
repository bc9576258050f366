using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>
/// Parameters and results are read in many places, each of which may rely on a JSON object: a row that holds something else
/// goes no further than the journal.
/// </summary>
internal static class JsonObjectText
{
    // A model's response may be nested to any depth.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };

    /// <summary>The text itself.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static string Checked(string json)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, Encoding.UTF8.GetBytes(json, buffer)), Deep);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("this is JSON, but not an object");
            }

            while (reader.Read())
            {
                // Up to the end: whether it is whole is all that counts.
            }

            return json;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
