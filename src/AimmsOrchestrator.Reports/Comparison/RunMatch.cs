using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>
/// Matches a run of one batch with a run of another by the parameters that both batches have, numbers by value (1.0 is 1);
/// if they have none in common, by the run's name. Service, app and version are ignored, since the comparison may be about
/// them. Of several equal runs, the first matches the first, and so on.
/// </summary>
internal sealed class RunMatch
{
    private readonly IReadOnlyList<string> _shared;
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Dictionary<UInt128, int> _seen = [];

    /// <param name="one">One batch.</param>
    /// <param name="other">The other.</param>
    public RunMatch(BatchRecord one, BatchRecord other) =>
        _shared = [
            .. one.ParameterNames.Intersect(other.ParameterNames, StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The run's identity, for runs passed in their order: a hash of 128 bits. The chance that two of a million different runs
    /// collide is less than one in 10²⁶.
    /// </summary>
    public UInt128 Of(RunRecord run)
    {
        _buffer.ResetWrittenCount();
        if (_shared.Count == 0)
        {
            Append(run.Name);
        }
        else
        {
            AppendParameters(run.ParametersJson);
        }

        var key = XxHash128.HashToUInt128(_buffer.WrittenSpan);
        var repeat = _seen.GetValueOrDefault(key);
        _seen[key] = repeat + 1;
        return repeat == 0 ? key : key + (UInt128)repeat;
    }

    private void AppendParameters(string json)
    {
        using var parameters = LenientJson.Parse(json);
        foreach (var name in _shared)
        {
            Append(
                parameters.RootElement.TryGetProperty(name, out var value)
                    ? value.ValueKind == JsonValueKind.Number
                        ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture)
                        : value.GetRawText()
                    : ""
            );
        }
    }

    /// <summary>With a terminator that no JSON text contains, so that adjacent values cannot be confused.</summary>
    private void Append(string text)
    {
        Encoding.UTF8.GetBytes(text, _buffer);
        _buffer.Write("\0"u8);
    }
}
