using System.Runtime.InteropServices;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>The kinds of things that a name in an expression can refer to.</summary>
internal enum BindingKind
{
    Parameter,
    Run,
    Response,
    Task,
    Environment,
}

/// <summary>What a name in an expression refers to.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Slot">A parameter's slot; 0 otherwise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Binding(BindingKind Kind, int Slot);

/// <summary>The names that expressions in one part of a scenario can use.</summary>
internal sealed class Scope
{
    private readonly ParameterTable _parameters;
    private readonly Dictionary<string, BindingKind> _words;

    private Scope(ParameterTable parameters, Dictionary<string, BindingKind> words)
    {
        _parameters = parameters;
        _words = words;
    }

    /// <summary>Whether its environment variables are secrets that must not be recorded.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>The names that parameters cannot have.</summary>
    public static IReadOnlyList<string> ReservedNames { get; } = ["run", "response", "task", "env"];

    public IEnumerable<string> Names => _parameters.Names.Concat(_words.Keys);

    /// <summary>Whether <c>run.key</c> exists already: it is made from the request.</summary>
    public bool HasKey => _words.ContainsKey("response");

    public static Scope Request(ParameterTable parameters) => new(parameters, new() { ["run"] = BindingKind.Run });

    public static Scope Parameters(ParameterTable parameters) => new(parameters, []);

    public static Scope Service(ParameterTable parameters) =>
        new(parameters, new() { ["run"] = BindingKind.Run, ["env"] = BindingKind.Environment });

    /// <summary>For <c>service.url</c> and <c>service.apiKey</c>, which are the same for the whole batch.</summary>
    public static Scope Environment(bool isSecret) =>
        new(new ParameterTable(), new() { ["env"] = BindingKind.Environment }) { IsSecret = isSecret };

    public static Scope Results(ParameterTable parameters) =>
        new(
            parameters,
            new()
            {
                ["response"] = BindingKind.Response,
                ["task"] = BindingKind.Task,
                ["run"] = BindingKind.Run,
            }
        );

    public Binding? Find(string name) =>
        _parameters.Find(name) is { } slot ? new Binding(BindingKind.Parameter, slot)
        : _words.TryGetValue(name, out var kind) ? new Binding(kind, 0)
        : null;

    /// <summary>Why a name cannot be used here.</summary>
    public string Unknown(string name) =>
        name switch
        {
            "response" or "task" => $"{name} is known only once a run has ended: in results and success",
            "env" => "env is known in service only",
            "run" => "run is not known here",
            _ => $"there is no {name} here{DidYouMean.Hint(name, Names.Concat(Sandbox.Globals))}",
        };
}
