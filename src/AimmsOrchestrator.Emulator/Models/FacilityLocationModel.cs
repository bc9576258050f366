using System.Text.Json;
using Google.OrTools.Sat;

namespace AimmsOrchestrator.Emulator.Models;

/// <summary>
/// Single-source capacitated facility location, a mixed-integer model: which sites to open, and which of them serves
/// each customer. Request: <c>seed</c> (1), <c>customers</c> (30), <c>facilities</c> (10), <c>capacity</c> (2.5: what all
/// sites together can serve, as a multiple of the demand), <c>fixedCost</c> (1: a factor), <c>timeLimit</c> in seconds
/// (600). Answer: <c>status</c> (<c>optimal</c>; <c>feasible</c> after the time limit or an interrupt of the solve;
/// <c>infeasible</c>; <c>unknown</c>), <c>objective</c>, <c>bound</c>, <c>gap</c>, <c>open</c> (the sites, from 0).
/// </summary>
/// <remarks>
/// Solved by CP-SAT, the only mixed-integer solver of this package that reports incumbents and bounds while it runs and
/// can be stopped; HiGHS and SCIP behind the linear solver's wrapper do neither from C#.
/// </remarks>
internal sealed class FacilityLocationModel : IModel
{
    public string Name => "facility-location";

    public bool NeedsSolver => true;

    public bool IsLongRunning => true;

    public Task<ModelOutput> RunAsync(ModelCall call)
    {
        using var request = new InputReader(call.Body);
        var timeLimit = request.Number("timeLimit", 600, max: 24 * 3600);
        var instance = FacilityInstance.From(request);
        var (model, open) = Formulate(instance);

        using var solver = new CpSolver();
        // The program handles Ctrl-C; otherwise the solver would catch the signal.
        solver.StringParameters = FormattableString.Invariant(
            $"num_workers:1 random_seed:1 catch_sigint_signal:false max_time_in_seconds:{timeLimit}"
        );
        using var watch = new SolveProgress(call);
        solver.SetBestBoundCallback(watch.OnBound);
        using var onSolve = call.SolveInterrupted.Register(solver.StopSearch);
        using var onExecution = call.ExecutionInterrupted.Register(solver.StopSearch);

        call.IsSolving = true;
        var status = solver.Solve(model, watch);
        call.IsSolving = false;
        call.ExecutionInterrupted.ThrowIfCancellationRequested();
        return Task.FromResult(JsonOutput.Of(writer => Write(writer, status, solver, open)));
    }

    private static (CpModel Model, BoolVar[] Open) Formulate(FacilityInstance instance)
    {
        var model = new CpModel();
        var open = Enumerable.Range(0, instance.Sites).Select(j => model.NewBoolVar($"open {j}")).ToArray();
        var cost = LinearExpr.NewBuilder();
        var load = open.Select(_ => LinearExpr.NewBuilder()).ToArray();
        for (var i = 0; i < instance.Customers; i++)
        {
            var serves = new BoolVar[instance.Sites];
            for (var j = 0; j < instance.Sites; j++)
            {
                serves[j] = model.NewBoolVar($"{j} serves {i}");
                model.AddImplication(serves[j], open[j]);
                cost.AddTerm(serves[j], instance.Cost[i, j]);
                load[j].AddTerm(serves[j], instance.Demand[i]);
            }

            model.AddExactlyOne(serves);
        }

        for (var j = 0; j < instance.Sites; j++)
        {
            cost.AddTerm(open[j], instance.FixedCost[j]);
            model.Add(load[j] <= instance.Capacity * (LinearExpr)open[j]);
        }

        model.Minimize(cost);
        return (model, open);
    }

    private static void Write(Utf8JsonWriter writer, CpSolverStatus status, CpSolver solver, BoolVar[] open)
    {
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
        {
            writer.WriteString("status", status == CpSolverStatus.Infeasible ? "infeasible" : "unknown");
            return;
        }

        writer.WriteString("status", status == CpSolverStatus.Optimal ? "optimal" : "feasible");
        writer.WriteNumber("objective", solver.ObjectiveValue);
        writer.WriteNumber("bound", solver.BestObjectiveBound);
        writer.WriteNumber("gap", SolveProgress.Gap(solver.ObjectiveValue, solver.BestObjectiveBound));
        writer.WriteStartArray("open");
        for (var j = 0; j < open.Length; j++)
        {
            if (solver.BooleanValue(open[j]))
            {
                writer.WriteNumberValue(j);
            }
        }

        writer.WriteEndArray();
    }
}
