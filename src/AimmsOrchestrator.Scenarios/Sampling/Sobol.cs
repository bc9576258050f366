using System.Globalization;

namespace AimmsOrchestrator.Scenarios.Sampling;

/// <summary>
/// Sobol points, with the direction numbers of Joe and Kuo's new-joe-kuo-6 (S. Joe, F. Y. Kuo, "Constructing Sobol
/// sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008;
/// <see href="https://web.maths.unsw.edu.au/~fkuo/sobol/"/>), in Gray code order, the point at 0 first.
/// </summary>
internal sealed class Sobol
{
    /// <summary>How many parameters it serves.</summary>
    public const int MaxDimensions = 37;

    /// <summary>How many points there are.</summary>
    public const long MaxPoints = 1L << Bits;

    private const int Bits = 32;

    /// <summary>Per dimension from the second on: the polynomial's degree and coefficients, then the first direction numbers.</summary>
    private static readonly string[] Table =
    [
        "1 0 1",
        "2 1 1 3",
        "3 1 1 3 1",
        "3 2 1 1 1",
        "4 1 1 1 3 3",
        "4 4 1 3 5 13",
        "5 2 1 1 5 5 17",
        "5 4 1 1 5 5 5",
        "5 7 1 1 7 11 19",
        "5 11 1 1 5 1 1",
        "5 13 1 1 1 3 11",
        "5 14 1 3 5 5 31",
        "6 1 1 3 3 9 7 49",
        "6 13 1 1 1 15 21 21",
        "6 16 1 3 1 13 27 49",
        "6 19 1 1 1 15 7 5",
        "6 22 1 3 1 15 13 25",
        "6 25 1 1 5 5 19 61",
        "7 1 1 3 7 11 23 15 103",
        "7 4 1 3 7 13 13 15 69",
        "7 7 1 1 3 13 7 35 63",
        "7 8 1 3 5 9 1 25 53",
        "7 14 1 3 1 13 9 35 107",
        "7 19 1 3 1 5 27 61 31",
        "7 21 1 1 5 11 19 41 61",
        "7 28 1 3 5 3 3 13 69",
        "7 31 1 1 7 13 1 19 1",
        "7 32 1 3 7 5 13 19 59",
        "7 37 1 1 3 9 25 29 41",
        "7 41 1 3 5 13 23 1 55",
        "7 42 1 3 7 3 13 59 17",
        "7 50 1 3 1 3 5 53 69",
        "7 55 1 1 5 5 23 33 13",
        "7 56 1 1 7 7 1 61 123",
        "7 59 1 1 7 9 13 61 49",
        "7 62 1 3 3 5 3 55 33",
    ];

    private readonly uint[] _directions;

    /// <param name="dimension">From 0.</param>
    public Sobol(int dimension) => _directions = dimension == 0 ? VanDerCorput() : Directions(Table[dimension - 1]);

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

    private static uint[] Directions(string row)
    {
        var numbers = Array.ConvertAll(row.Split(' '), text => uint.Parse(text, CultureInfo.InvariantCulture));
        var (degree, coefficients) = ((int)numbers[0], numbers[1]);
        var directions = new uint[Bits];
        for (var i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                directions[i] = numbers[i + 2] << (Bits - 1 - i);
                continue;
            }

            directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                directions[i] ^= ((coefficients >> (degree - 1 - k)) & 1) * directions[i - k];
            }
        }

        return directions;
    }
}
