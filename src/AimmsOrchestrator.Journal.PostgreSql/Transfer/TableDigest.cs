using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AimmsOrchestrator.Journal.PostgreSql.Transfer;

/// <summary>How many rows a table has, and what is in them: equal for equal rows in the same order.</summary>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many rows.</summary>
    public long Rows { get; private set; }

    public void Add(IReadOnlyList<object?> row)
    {
        Rows++;
        foreach (var value in row)
        {
            Add(value);
        }
    }

    /// <summary>The digest, in hexadecimal.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                Add('0', []);
                break;

            case long number:
                Span<byte> whole = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(whole, number);
                Add('n', whole);
                break;

            case double number:
                Span<byte> real = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleLittleEndian(real, number);
                Add('d', real);
                break;

            case string text:
                Add('t', Encoding.UTF8.GetBytes(text));
                break;

            case byte[] bytes:
                Add('b', bytes);
                break;

            default:
                throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private void Add(char type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        _hash.AppendData(head);
        _hash.AppendData(bytes);
    }
}
