using System.Text.Json;
using Google.OrTools.LinearSolver;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// The transportation problem (Dantzig, "Linear Programming and Extensions", chapter 3.3, 1963): cases go from plants to
/// markets at the least cost, which for a case over a lane is freight × distance / 1000. Solved as a linear program by
/// GLOP. Request: <c>freight</c>, <c>supply</c> and <c>demand</c> by name, <c>distance</c> by plant and market. Answer:
/// <c>status</c>, <c>objective</c>, <c>flows</c> (those above zero) and <c>shadowPrices</c> (<c>supply</c> and
/// <c>demand</c> by name: the change of cost for one more case). Where demand cannot be met, the task completes with
/// <c>{"status": "infeasible"}</c>, like an AIMMS model.
/// </summary>
internal sealed class TransportModel : IModel
{
    public string Name => "transport";

    public bool NeedsSolver => true;

    public Task<ModelOutput> RunAsync(ModelCall call)
    {
        using var request = new InputReader(call.Body);
        var freight = request.Number("freight");
        var supply = request.Numbers("supply");
        var demand = request.Numbers("demand");
        var distance = request.Table("distance");

        call.IsSolving = true;
        using var solver = Solver.CreateSolver("GLOP");
        var lanes = MakeLanes(solver, freight, supply.Keys, demand.Keys, distance);
        var supplied = supply.ToDictionary(s => s.Key, s => Sum(solver, lanes.Where(l => l.From == s.Key), 0, s.Value));
        var demanded = demand.ToDictionary(
            d => d.Key,
            d => Sum(solver, lanes.Where(l => l.To == d.Key), d.Value, double.PositiveInfinity)
        );
        var status = solver.Solve();
        call.IsSolving = false;

        return Task.FromResult(
            status == Solver.ResultStatus.OPTIMAL
                ? JsonOutput.Of(writer => Write(writer, solver, lanes, supplied, demanded))
                : JsonOutput.Of(writer => writer.WriteString("status", "infeasible"))
        );
    }

    private static List<Lane> MakeLanes(
        Solver solver,
        double freight,
        IEnumerable<string> plants,
        IReadOnlyCollection<string> markets,
        Dictionary<string, Dictionary<string, double>> distance
    )
    {
        var lanes = new List<Lane>();
        foreach (var from in plants)
        {
            foreach (var to in markets)
            {
                if (!distance.TryGetValue(from, out var row) || !row.TryGetValue(to, out var length))
                {
                    throw new ModelException($"distance.{from}.{to}: missing in the request");
                }

                var amount = solver.MakeNumVar(0, double.PositiveInfinity, $"{from} {to}");
                solver.Objective().SetCoefficient(amount, freight * length / 1000);
                lanes.Add(new Lane(from, to, amount));
            }
        }

        solver.Objective().SetMinimization();
        return lanes;
    }

    private static Constraint Sum(Solver solver, IEnumerable<Lane> lanes, double least, double most)
    {
        var constraint = solver.MakeConstraint(least, most);
        foreach (var lane in lanes)
        {
            constraint.SetCoefficient(lane.Amount, 1);
        }

        return constraint;
    }

    private static void Write(
        Utf8JsonWriter writer,
        Solver solver,
        List<Lane> lanes,
        Dictionary<string, Constraint> supplied,
        Dictionary<string, Constraint> demanded
    )
    {
        writer.WriteString("status", "optimal");
        writer.WriteNumber("objective", JsonOutput.Clean(solver.Objective().Value()));
        writer.WriteStartArray("flows");
        foreach (var lane in lanes.Where(l => l.Amount.SolutionValue() > 1e-9))
        {
            writer.WriteStartObject();
            writer.WriteString("from", lane.From);
            writer.WriteString("to", lane.To);
            writer.WriteNumber("amount", JsonOutput.Clean(lane.Amount.SolutionValue()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("shadowPrices");
        WritePrices(writer, "supply", supplied);
        WritePrices(writer, "demand", demanded);
        writer.WriteEndObject();
    }

    private static void WritePrices(Utf8JsonWriter writer, string name, Dictionary<string, Constraint> constraints)
    {
        writer.WriteStartObject(name);
        foreach (var (member, constraint) in constraints)
        {
            writer.WriteNumber(member, JsonOutput.Clean(constraint.DualValue()));
        }

        writer.WriteEndObject();
    }

    private sealed record Lane(string From, string To, Variable Amount);
}
