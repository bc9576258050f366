using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>
/// What makes a run of one batch the same as a run of another: the parameters that both batches have, numbers by their
/// value (1.0 is 1), and where they have none in common the run's name. Service, app and version are no part of it, since
/// they may be what is compared. Of runs alike, the first matches the first, and so on.
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
    /// The run's identity among the runs it is asked for, in their order: 128 bits of a hash, by which two different runs
    /// of a million are taken for one with a chance of less than one in 10²⁶.
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

    /// <summary>With an end that no JSON text has, so that two values next to each other are not taken for one.</summary>
    private void Append(string text)
    {
        Encoding.UTF8.GetBytes(text, _buffer);
        _buffer.Write("\0"u8);
    }
}
