using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>How a scenario extracts results from a response: its expressions, and what these look at besides the answer.</summary>
internal sealed class Extraction
{
    private readonly byte[] _code;
    private readonly (string Name, int Slot)[] _parameters;
    private readonly bool _usesRun;
    private readonly ExtractionKey? _sameForAll;

    /// <param name="definitions">The scenario's results; null where it takes the whole response.</param>
    /// <param name="success">What it calls a success; null where the task's end decides.</param>
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
        _parameters =
        [
            .. expressions
                .SelectMany(expression => expression.Slots)
                .Distinct()
                .Select(slot => (Name: names[slot], slot))
                .OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
        _usesRun = expressions.Exists(expression => expression.UsesRun);
        _sameForAll = _parameters.Length == 0 && !_usesRun ? Digest(_code) : null;
    }

    /// <param name="values">The run's parameters, by slot.</param>
    /// <param name="index">Its place in the batch.</param>
    public ExtractionKey Of(Value?[] values, long index)
    {
        if (_sameForAll is { } same)
        {
            return same;
        }

        var all = new ArrayBufferWriter<byte>(_code.Length + 64);
        all.Write(_code);
        foreach (var (name, slot) in _parameters)
        {
            Write(all, name);
            Write(all, values[slot] is { } value ? value.Utf8 : []);
        }

        if (_usesRun)
        {
            BinaryPrimitives.WriteInt64LittleEndian(all.GetSpan(sizeof(long)), index);
            all.Advance(sizeof(long));
        }

        return Digest(all.WrittenSpan);
    }

    private static ExtractionKey Digest(ReadOnlySpan<byte> bytes) =>
        new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private static void Write(ArrayBufferWriter<byte> output, string text) =>
        Write(output, Encoding.UTF8.GetBytes(text));

    /// <summary>With its length before it, so that no two lists of texts look alike.</summary>
    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), text.Length);
        output.Advance(sizeof(int));
        output.Write(text);
    }
}
