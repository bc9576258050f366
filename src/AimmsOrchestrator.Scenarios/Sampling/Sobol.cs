using System.Buffers.Binary;
using System.Numerics;

namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>
/// Sobol points, with the direction numbers of Joe and Kuo's new-joe-kuo-6 (S. Joe, F. Y. Kuo, "Constructing Sobol
/// sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008;
/// <see href="https://web.maths.unsw.edu.au/~fkuo/sobol/"/>), in Gray code order, the point at 0 first.
/// </summary>
internal sealed class Sobol
{
    /// <summary>The largest number of parameters.</summary>
    public const int MaxDimensions = 1111;

    /// <summary>The number of points.</summary>
    public const long MaxPoints = 1L << Bits;

    private const int Bits = 32;

    private static readonly Lazy<IReadOnlyList<ushort[]>> Table = new(ReadTable);

    private readonly uint[] _directions;

    /// <param name="dimension">From 0.</param>
    public Sobol(int dimension) =>
        _directions = dimension == 0 ? VanDerCorput() : Directions(Table.Value[dimension - 1]);

    /// <summary>The coordinate of a point, as a fraction of 2^32.</summary>
    public uint this[long index]
    {
        get
        {
            var gray = (uint)(index ^ (index >> 1));
            var coordinate = 0u;
            for (var bit = 0; gray != 0; bit++, gray >>= 1)
            {
                coordinate ^= (gray & 1) == 0 ? 0 : _directions[bit];
            }

            return coordinate;
        }
    }

    private static uint[] VanDerCorput() => [.. Enumerable.Range(0, Bits).Select(bit => 1u << (Bits - 1 - bit))];

    /// <param name="row">
    /// A primitive polynomial over GF(2), bit k its coefficient of x^k, then as many first direction numbers as its degree.
    /// </param>
    private static uint[] Directions(ushort[] row)
    {
        var (polynomial, degree) = (row[0], row.Length - 1);
        var directions = new uint[Bits];
        for (var i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                directions[i] = (uint)row[i + 1] << (Bits - 1 - i);
                continue;
            }

            directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                directions[i] ^= ((uint)(polynomial >> (degree - k)) & 1) * directions[i - k];
            }
        }

        return directions;
    }

    /// <summary>The rows from the second dimension on; each number has 16 bits, little-endian.</summary>
    private static List<ushort[]> ReadTable()
    {
        using var stream = typeof(Sobol).Assembly.GetManifestResourceStream("new-joe-kuo-6.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var rows = new List<ushort[]>(MaxDimensions - 1);
        for (var rest = bytes.AsSpan(); !rest.IsEmpty; )
        {
            var row = new ushort[BitOperations.Log2(BinaryPrimitives.ReadUInt16LittleEndian(rest)) + 1];
            for (var i = 0; i < row.Length; i++, rest = rest[sizeof(ushort)..])
            {
                row[i] = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            }

            rows.Add(row);
        }

        return rows;
    }
}
