using System.Text;
using Acornima;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;
using SourceLocation = AimmsOrchestrator.Scenarios.Diagnostics.SourceLocation;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// A string with <c>${{ … }}</c> in it. One that is nothing but one expression yields that expression's typed value, any
/// other the concatenated text.
/// </summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Part> _parts;

    private Template(SourceLocation location, IReadOnlyList<Part> parts)
    {
        Location = location;
        _parts = parts;
    }

    private sealed record Part(string Text, Expression? Expression);

    public SourceLocation Location { get; }

    /// <summary>The slots of the parameters it uses.</summary>
    public IEnumerable<int> Slots => _parts.SelectMany(part => part.Expression?.Slots ?? []);

    /// <summary>Whether the text has an expression at all.</summary>
    public static bool IsIn(string text) => text.Contains("${{", StringComparison.Ordinal);

    /// <summary>The template; null where an expression in it cannot work, with the reason among the diagnostics.</summary>
    public static Template? Read(ScalarNode scalar, Scope scope, ExpressionCompiler compiler, DiagnosticBag diagnostics)
    {
        var text = scalar.Text;
        var parts = new List<Part>();
        var at = 0;
        var isSound = true;
        while (text.IndexOf("${{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            if (open > at)
            {
                parts.Add(new Part(text[at..open], null));
            }

            var close = Close(text, open + 3);
            if (close < 0)
            {
                diagnostics.Add(
                    scalar.At(open),
                    "an expression that begins with ${{ ends with }}, and this one does not"
                );
                return null;
            }

            var expression = compiler.Compile(text[(open + 3)..close], scalar.At(open + 3), scope);
            isSound &= expression is not null;
            parts.Add(new Part("", expression));
            at = close + 2;
        }

        if (at < text.Length)
        {
            parts.Add(new Part(text[at..], null));
        }

        return isSound ? new Template(scalar.Location, parts) : null;
    }

    /// <summary>The typed value of a lone expression, or the text.</summary>
    public Outcome Evaluate(RunScope scope) =>
        _parts is [{ Expression: { } lone }] ? Finite(lone.Evaluate(scope), lone) : EvaluateText(scope);

    /// <summary>The text, whatever types its expressions have.</summary>
    public Outcome EvaluateText(RunScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Expression is not { } expression)
            {
                text.Append(part.Text);
                continue;
            }

            var outcome = Finite(expression.Evaluate(scope), expression);
            if (outcome.Value is not { } value)
            {
                return outcome;
            }

            text.Append(value.Text);
        }

        return Value.String(text.ToString());
    }

    private static Outcome Finite(Outcome outcome, Expression expression) =>
        outcome switch
        {
            { Value: not null } => outcome,
            { NotFinite: { } number } => Outcome.Failed($"{expression.Quoted}: it is {number}, which JSON cannot hold"),
            _ => Outcome.Failed($"{expression.Quoted}: {outcome.Failure}"),
        };

    /// <summary>The end of the expression: the first }} after code that parses, or else the first one.</summary>
    private static int Close(string text, int start)
    {
        var first = text.IndexOf("}}", start, StringComparison.Ordinal);
        for (
            var close = first;
            close >= 0 && close - start <= ScriptCompiler.MaxLength;
            close = text.IndexOf("}}", close + 1, StringComparison.Ordinal)
        )
        {
            if (Parses(text[start..close].Trim()))
            {
                return close;
            }
        }

        return first;
    }

    private static bool Parses(string code)
    {
        try
        {
            return PathScanner.Scan(code) is not null || new Parser().ParseExpression(code, strict: true) is not null;
        }
        catch (Exception e) when (e is ParseErrorException or InsufficientExecutionStackException)
        {
            return false;
        }
    }
}
