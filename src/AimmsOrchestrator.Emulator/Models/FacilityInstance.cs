using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// A capacitated facility location problem generated from a seed: customers and sites on a square of 1000 by 1000, whole
/// demands of 10 to 50, sites of equal capacity, and a fixed cost per site. All numbers are whole, so that the objective
/// is exact. The same request generates the same instance on every machine.
/// </summary>
internal sealed class FacilityInstance
{
    private FacilityInstance(int[] demand, long[,] cost, long[] fixedCost, int capacity)
    {
        Demand = demand;
        Cost = cost;
        FixedCost = fixedCost;
        Capacity = capacity;
    }

    /// <summary>Units per customer.</summary>
    public int[] Demand { get; }

    /// <summary>The cost of serving a customer from a site: distance × demand.</summary>
    public long[,] Cost { get; }

    /// <summary>The cost of opening a site.</summary>
    public long[] FixedCost { get; }

    /// <summary>Units that each open site can serve.</summary>
    public int Capacity { get; }

    public int Customers => Demand.Length;

    public int Sites => FixedCost.Length;

    public static FacilityInstance From(InputReader request)
    {
        var random = new SeededRandom((ulong)request.Whole("seed", 1, 0, int.MaxValue));
        var customers = request.Whole("customers", 30, 1, 500);
        var sites = request.Whole("facilities", 10, 1, 100);
        var fixedCostFactor = request.Number("fixedCost", 1);
        var slack = request.Number("capacity", 2.5, min: 0.01, max: 1000);

        var customerAt = Points(random, customers);
        var siteAt = Points(random, sites);
        var demand = new int[customers];
        for (var i = 0; i < customers; i++)
        {
            demand[i] = 10 + (int)(random.Next() * 41);
        }

        var cost = new long[customers, sites];
        for (var i = 0; i < customers; i++)
        {
            for (var j = 0; j < sites; j++)
            {
                cost[i, j] = (long)Math.Round(Distance(customerAt[i], siteAt[j]) * demand[i]);
            }
        }

        var fixedCost = new long[sites];
        for (var j = 0; j < sites; j++)
        {
            // Opening a site costs about as much as serving its share of the customers over a quarter of the square.
            fixedCost[j] = (long)
                Math.Round(fixedCostFactor * 250 * 30 * customers / sites * (0.75 + (0.5 * random.Next())));
        }

        var capacity = (int)Math.Ceiling(slack * demand.Sum() / sites);
        return new FacilityInstance(demand, cost, fixedCost, capacity);
    }

    private static (double X, double Y)[] Points(SeededRandom random, int count)
    {
        var points = new (double, double)[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = (1000 * random.Next(), 1000 * random.Next());
        }

        return points;
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
