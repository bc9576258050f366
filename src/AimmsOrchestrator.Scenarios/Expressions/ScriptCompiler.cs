using Acornima;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using Jint;
using SourceLocation = AimmsOrchestrator.Scenarios.Diagnostics.SourceLocation;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>Compiles expressions for the engine: checks their syntax and the names they use.</summary>
internal sealed class ScriptCompiler(
    EnvironmentVariables variables,
    DiagnosticBag diagnostics,
    CancellationToken cancellation
)
{
    /// <summary>The most characters of one expression.</summary>
    public const int MaxLength = 100_000;

    private readonly ScriptLibrary _library = new() { Cancellation = cancellation };

    /// <summary>The script; null where it cannot work, with the reason among the diagnostics.</summary>
    public ScriptExpression? Compile(string code, SourceLocation location, Scope scope, Purpose purpose)
    {
        var source = new Source(code, location);
        if (Parse(source) is not { } scan || ChangesNames(source, scan, scope) || !NamesAreKnown(source, scan, scope))
        {
            return null;
        }

        var names = scan.Used.Where(name => scope.Find(name) is not null).ToList();
        return Prepare(source, names, purpose) is not { } script
            ? null
            : new ScriptExpression(location, code)
            {
                Library = _library,
                Number = _library.Add(script),
                Bindings = names.ConvertAll(name => scope.Find(name)!.Value),
                Purpose = purpose,
                MayWrite = scan.MayWrite,
            };
    }

    private SyntaxScan? Parse(Source source)
    {
        if (source.Code.Length > MaxLength)
        {
            diagnostics.Add(
                source.Location,
                $"{source}: an expression has at most {MaxLength} characters, and this one has {source.Code.Length}"
            );
            return null;
        }

        try
        {
            var scan = SyntaxScan.Scan(new Parser().ParseExpression(source.Code, strict: true));
            if (scan.IsTooDeep)
            {
                AddTooDeep(source);
                return null;
            }

            if (!scan.HasBigInteger)
            {
                return scan;
            }

            diagnostics.Add(source.Location, $"{source}: big integers (10n) cannot be used here; write 10");
            return null;
        }
        catch (InsufficientExecutionStackException)
        {
            AddTooDeep(source);
            return null;
        }
        catch (ParseErrorException e)
        {
            diagnostics.Add(
                source.At(e.Error?.Index ?? 0),
                $"{source} is not an expression: {e.Error?.Description ?? e.Message}"
            );
            return null;
        }
    }

    private void AddTooDeep(Source source) =>
        diagnostics.Add(
            source.Location,
            $"{source}: its operators, calls and brackets nest more than {SyntaxScan.MaxDepth} deep; each + of a long sum "
                + "counts, and [a, b].reduce((x, y) => x + y) does not"
        );

    private bool ChangesNames(Source source, SyntaxScan scan, Scope scope)
    {
        if (scan.Assigned.FindIndex(assigned => scope.Find(assigned.Name) is not null) is not (>= 0 and var first))
        {
            return false;
        }

        var (name, index) = scan.Assigned[first];
        diagnostics.Add(
            source.At(index),
            $"{source}: = gives {name} another value, and an expression changes nothing; write === to compare"
        );
        return true;
    }

    private bool NamesAreKnown(Source source, SyntaxScan scan, Scope scope)
    {
        var isSound = true;
        foreach (var (name, index) in scan.Free.DistinctBy(use => use.Name))
        {
            if (scope.Find(name) is null && !Sandbox.Globals.Contains(name))
            {
                diagnostics.Add(source.At(index), $"{source}: {scope.Unknown(name)}");
                isSound = false;
            }
        }

        foreach (var (root, member, index) in scan.Members.Where(use => scope.Find(use.Root) is not null))
        {
            if (root == "run" && member == "key" && !scope.HasKey)
            {
                diagnostics.Add(
                    source.At(index),
                    $"{source}: run.key is made from the request, so the request cannot use it"
                );
                isSound = false;
            }

            isSound &= root != "env" || ReadVariable(member, source.At(index));
        }

        return isSound;
    }

    private bool ReadVariable(string? name, SourceLocation location)
    {
        if (name is null)
        {
            diagnostics.Add(location, "an environment variable is named outright: env.NAME");
            return false;
        }

        if (variables.Read(name, location, isSecret: false) is not { } value)
        {
            return false;
        }

        _library.Environment[name] = value;
        return true;
    }

    private Prepared<Acornima.Ast.Script>? Prepare(Source source, List<string> names, Purpose purpose)
    {
        var body = purpose == Purpose.Truth ? $"!!(\n{source.Code}\n)" : $"(\n{source.Code}\n)";
        try
        {
            return Engine.PrepareScript(
                $"(function ({string.Join(", ", names)}) {{ 'use strict'; return {body}; }})",
                strict: true
            );
        }
        catch (ScriptPreparationException e)
        {
            // Some expressions are valid alone and not in a function, such as await x in a module.
            var why = (e.InnerException as ParseErrorException)?.Error?.Description ?? "its syntax is wrong here";
            diagnostics.Add(source.Location, $"{source} is not an expression: {why}");
            return null;
        }
    }

    /// <summary>An expression's code and where it begins.</summary>
    private readonly record struct Source(string Code, SourceLocation Location)
    {
        /// <summary>Where a character of the code is; the code's beginning where it has several lines.</summary>
        public SourceLocation At(int index) =>
            Location.Offset(Code.Contains('\n', StringComparison.Ordinal) ? 0 : index);

        /// <summary>The code as diagnostics quote it: its first 57 characters where it has more than 60.</summary>
        public override string ToString() => Code.Length <= 60 ? Code : $"{Code.AsSpan(0, 57)}…";
    }
}
