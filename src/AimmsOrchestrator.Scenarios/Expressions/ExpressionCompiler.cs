using Acornima;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using Jint;
using SourceLocation = AimmsOrchestrator.Scenarios.Diagnostics.SourceLocation;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// Checks an expression when the scenario is read (its syntax, its names) and picks the cheapest way to evaluate it: a
/// parameter's name and a plain path need no engine, which takes most of a second to warm up in a new process.
/// </summary>
internal sealed class ExpressionCompiler(
    ScriptLibrary library,
    Func<string, string?> environment,
    DiagnosticBag mistakes
)
{
    private readonly SortedDictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>The environment's variables that expressions use, other than in <c>service.apiKey</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Where the scripts go.</summary>
    public ScriptLibrary Library { get; } = library;

    /// <summary>The expression; null where it cannot work, with the reason among the mistakes.</summary>
    /// <param name="code">Bare ECMAScript.</param>
    /// <param name="place">Where its first character stands.</param>
    /// <param name="scope">What it can see.</param>
    /// <param name="purpose">What it is for.</param>
    public Expression? Compile(string code, SourceLocation place, Scope scope, Purpose purpose = Purpose.Value)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            mistakes.Add(place, "there is no expression between ${{ and }}");
            return null;
        }

        place = place.Further(code.Length - code.TrimStart().Length);
        code = code.Trim();
        if (purpose != Purpose.Truth && Plain(code, place, scope, purpose) is { } plain)
        {
            return plain;
        }

        return Script(code, place, scope, purpose);
    }

    /// <summary>Whether the text is an expression at all; used to find where one ends.</summary>
    public static bool Parses(string code)
    {
        if (PathScanner.Scan(code.Trim()) is not null)
        {
            return true;
        }

        try
        {
            new Parser().ParseExpression(code, strict: true);
            return true;
        }
        catch (ParseErrorException)
        {
            return false;
        }
    }

    private Expression? Plain(string code, SourceLocation place, Scope scope, Purpose purpose)
    {
        // A name that stands alone is a parameter's whatever it is made of, as node-version is.
        if (scope.Find(code) is { Kind: BindingKind.Parameter } parameter)
        {
            return new ParameterExpression(place, code, parameter.Slot);
        }

        if (PathScanner.Scan(code) is not var (root, steps) || scope.Find(root) is not { } binding)
        {
            return null;
        }

        switch (binding.Kind)
        {
            case BindingKind.Run when code == "run.index":
                return new RunIndexExpression(place);
            case BindingKind.Run when code == "run.key" && scope.HasKey:
                return new RunKeyExpression(place);
            case BindingKind.Environment when steps.Count == 1:
                return Variable(steps[0].Name, place, scope.IsSecret) is { } value
                    ? new ConstantExpression(place, code, Values.Value.String(value))
                    : null;
            case BindingKind.Response or BindingKind.Task:
                return new PathExpression(
                    place,
                    code,
                    binding.Kind,
                    steps,
                    new(() => Script(code, place, scope, purpose)!)
                );
            default:
                return null;
        }
    }

    private ScriptExpression? Script(string code, SourceLocation place, Scope scope, Purpose purpose)
    {
        SyntaxScan scan;
        try
        {
            scan = SyntaxScan.Of(new Parser().ParseExpression(code, strict: true));
        }
        catch (ParseErrorException e)
        {
            var index = code.Contains('\n', StringComparison.Ordinal) ? 0 : e.Error?.Index ?? 0;
            mistakes.Add(
                place.Further(index),
                $"{Quote(code)} is not an expression: {e.Error?.Description ?? e.Message}"
            );
            return null;
        }

        if (scan.HasBigInteger)
        {
            mistakes.Add(place, $"{Quote(code)}: big integers (10n) cannot be used here; write 10");
            return null;
        }

        if (scan.Assigned.FindIndex(assigned => scope.Find(assigned.Name) is not null) is >= 0 and var at)
        {
            var (name, start) = scan.Assigned[at];
            var oneLine = !code.Contains('\n', StringComparison.Ordinal);
            mistakes.Add(
                place.Further(oneLine ? start : 0),
                $"{Quote(code)}: = gives {name} another value, and an expression changes nothing; write === to compare"
            );
            return null;
        }

        if (!NamesAreKnown(code, scan, place, scope))
        {
            return null;
        }

        var used = scan.Used.Where(name => scope.Find(name) is not null).ToList();
        var body = purpose == Purpose.Truth ? $"!!(\n{code}\n)" : $"(\n{code}\n)";
        int number;
        try
        {
            number = Library.Add(
                Engine.PrepareScript(
                    $"(function ({string.Join(", ", used)}) {{ 'use strict'; return {body}; }})",
                    strict: true
                )
            );
        }
        catch (ScriptPreparationException e)
        {
            // What is an expression alone, as await x is in a module, is none in a function.
            var why = (e.InnerException as ParseErrorException)?.Error?.Description ?? "its syntax is wrong here";
            mistakes.Add(place, $"{Quote(code)} is not an expression: {why}");
            return null;
        }

        var bindings = used.ConvertAll(name => scope.Find(name)!.Value);
        return new ScriptExpression(place, code, number, bindings, purpose, scan.MayWrite);
    }

    private bool NamesAreKnown(string code, SyntaxScan scan, SourceLocation place, Scope scope)
    {
        var isSound = true;
        var oneLine = !code.Contains('\n', StringComparison.Ordinal);
        foreach (var (name, index) in scan.Free.DistinctBy(use => use.Name))
        {
            if (scope.Find(name) is null && !Sandbox.Globals.Contains(name))
            {
                mistakes.Add(place.Further(oneLine ? index : 0), $"{Quote(code)}: {scope.Unknown(name)}");
                isSound = false;
            }
        }

        foreach (var (root, member, index) in scan.Members)
        {
            var at = place.Further(oneLine ? index : 0);
            if (root == "run" && member == "key" && scope.Find("run") is not null && !scope.HasKey)
            {
                mistakes.Add(at, $"{Quote(code)}: run.key is made from the request, so the request cannot use it");
                isSound = false;
            }

            if (root == "env" && scope.Find("env") is not null)
            {
                isSound &= ReadVariable(member, at);
            }
        }

        return isSound;
    }

    private bool ReadVariable(string? name, SourceLocation place)
    {
        if (name is null)
        {
            mistakes.Add(place, "an environment variable is named outright: env.NAME");
            return false;
        }

        if (Variable(name, place, isSecret: false) is not { } value)
        {
            return false;
        }

        Library.Environment[name] = value;
        return true;
    }

    private string? Variable(string name, SourceLocation place, bool isSecret)
    {
        var value = environment(name);
        if (string.IsNullOrEmpty(value))
        {
            mistakes.Add(place, $"the environment variable {name} is not set");
            return null;
        }

        if (!isSecret)
        {
            _variables[name] = value;
        }

        return value;
    }

    private static string Quote(string code) => code.Length <= 60 ? code : $"{code.AsSpan(0, 57)}…";
}
