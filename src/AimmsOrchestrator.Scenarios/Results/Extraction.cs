using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>How a scenario extracts results from a response: its expressions, and the parameters that they use.</summary>
internal sealed class Extraction
{
    private readonly byte[] _code;
    private readonly string[] _parameters;
    private readonly bool _usesRun;
    private readonly ExtractionKey? _sameForAll;

    /// <param name="definitions">The scenario's results; null where it takes the whole response.</param>
    /// <param name="success">Its condition for a success; null where the task's state decides.</param>
    /// <param name="names">The parameters' names, by slot.</param>
    public Extraction(IReadOnlyList<ResultDefinition>? definitions, Expression? success, IReadOnlyList<string> names)
    {
        var code = new ArrayBufferWriter<byte>(256);
        Write(code, success?.Code ?? "");
        Write(code, definitions is null ? "all" : "these");
        foreach (var definition in definitions ?? [])
        {
            Write(code, definition.Name);
            Write(code, definition.Expression.Code);
        }

        List<Expression> expressions = [.. (definitions ?? []).Select(definition => definition.Expression)];
        expressions.AddRange(success is null ? [] : [success]);
        _code = code.WrittenSpan.ToArray();
        var slots = expressions.SelectMany(expression => expression.Slots).Distinct();
        _parameters = [.. slots.Select(slot => names[slot]).Order(StringComparer.Ordinal)];
        _usesRun = expressions.Exists(expression => expression.UsesRun);
        _sameForAll = _parameters.Length == 0 && !_usesRun ? Digest(_code) : null;
    }

    /// <summary>The same for two runs whose results are the same for one response.</summary>
    public ExtractionKey KeyOf(PlannedRun run)
    {
        if (_sameForAll is { } same)
        {
            return same;
        }

        var all = new ArrayBufferWriter<byte>(_code.Length + 64);
        all.Write(_code);
        foreach (var name in _parameters)
        {
            Write(all, name);
            var parameter = run.Parameters.Parameters.FirstOrDefault(candidate => candidate.Name == name);
            Write(all, parameter.Name is null ? [] : JsonMarshal.GetRawUtf8Value(parameter.Value));
        }

        if (_usesRun)
        {
            BinaryPrimitives.WriteInt64LittleEndian(all.GetSpan(sizeof(long)), run.Index);
            all.Advance(sizeof(long));
        }

        return Digest(all.WrittenSpan);
    }

    private static ExtractionKey Digest(ReadOnlySpan<byte> bytes) => new(SHA256.HashData(bytes));

    private static void Write(ArrayBufferWriter<byte> output, string text) =>
        Write(output, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the length first, so that no two lists of texts are written alike.</summary>
    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), text.Length);
        output.Advance(sizeof(int));
        output.Write(text);
    }
}
