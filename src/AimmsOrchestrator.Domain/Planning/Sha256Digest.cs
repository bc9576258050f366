using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>The 32 bytes of a SHA-256, compared by value and without an allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sha256Digest(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    private const int Size = 32;

    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static Sha256Digest FromBytes(ReadOnlySpan<byte> bytes, string what) =>
        bytes.Length == Size
            ? new Sha256Digest(
                BinaryPrimitives.ReadUInt64BigEndian(bytes),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[24..])
            )
            : throw new ArgumentException($"{bytes.Length} bytes are not {what}: {Size} bytes.", nameof(bytes));

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static Sha256Digest Parse(string hex, string what)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return hex.Length == 2 * Size && hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
            ? FromBytes(Convert.FromHexString(hex), what)
            : throw new ArgumentException($"\"{hex}\" is not {what}: 64 lower-case hexadecimal digits.", nameof(hex));
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), Third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), Fourth);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
