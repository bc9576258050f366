using Acornima.Ast;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>The names that an expression uses, and whether it might change objects, found from its syntax.</summary>
internal sealed class SyntaxScan
{
    /// <summary>The engine compiles no script that is nested deeper; its own wrapping takes a few levels.</summary>
    public const int MaxDepth = 240;

    private static readonly HashSet<string> Changing =
    [
        .. "sort reverse push pop shift unshift splice fill copyWithin set add delete clear assign".Split(' '),
        .. "defineProperty defineProperties setPrototypeOf freeze seal preventExtensions __proto__".Split(' '),
        .. "__defineGetter__ __defineSetter__ call apply bind".Split(' '),
    ];

    private readonly List<(string Name, int Index)> _used = [];
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    private int _depth;

    private SyntaxScan(Node root) => Visit(root);

    /// <summary>Whether its operators, calls and brackets nest deeper than the engine takes; then the rest was not scanned.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Names that the expression does not declare itself, with their indices.</summary>
    public IEnumerable<(string Name, int Index)> Free => _used.Where(use => !_declared.Contains(use.Name));

    /// <summary>Every name used as a value, declared inside or not.</summary>
    public IEnumerable<string> Used => _used.Select(use => use.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Members of a plain name, as in <c>env.HOME</c>; the member is null where it is computed.</summary>
    public List<(string Root, string? Member, int Index)> Members { get; } = [];

    public bool MayWrite { get; private set; }

    /// <summary>Names that it assigns, with the index of the assignment.</summary>
    public List<(string Name, int Index)> Assigned { get; } = [];

    /// <summary>Whether it has a literal such as <c>10n</c>: one operation on big integers can take any time, unseen by the limits.</summary>
    public bool HasBigInteger { get; private set; }

    public static SyntaxScan Scan(Node root) => new(root);

    private void Visit(Node? node)
    {
        if (_depth == MaxDepth)
        {
            IsTooDeep = true;
            return;
        }

        _depth++;
        VisitNode(node);
        _depth--;
    }

    private void VisitNode(Node? node)
    {
        switch (node)
        {
            case null:
                return;
            case Identifier name:
                _used.Add((name.Name, name.Start));
                return;
            case BigIntLiteral:
                HasBigInteger = true;
                return;
            case MemberExpression member:
                VisitMember(member);
                return;
            case ObjectProperty property:
                Visit(property.Computed ? property.Key : null);
                Visit(property.Value);
                return;
            case IFunction function:
                Declare(function.Id);
                foreach (var parameter in function.Params)
                {
                    Declare(parameter);
                }

                break;
            case VariableDeclarator variable:
                Declare(variable.Id);
                break;
            case CatchClause { Param: { } param }:
                Declare(param);
                break;
            case AssignmentExpression { Left: Identifier assigned } assignment:
                Assigned.Add((assigned.Name, assignment.Start));
                break;
            case AssignmentExpression:
            case UpdateExpression { Argument: not Identifier }:
            case UnaryExpression { Operator: Acornima.Operator.Delete }:
                MayWrite = true;
                break;
        }

        foreach (var child in node.ChildNodes)
        {
            Visit(child);
        }
    }

    private void VisitMember(MemberExpression member)
    {
        var name = member switch
        {
            { Computed: false, Property: Identifier plain } => plain.Name,
            { Property: StringLiteral text } => text.Value,
            _ => null,
        };
        var isIndex = member.Property is NumericLiteral;
        MayWrite |= name is null ? !isIndex && member.Computed : Changing.Contains(name);
        if (member.Object is Identifier root)
        {
            Members.Add((root.Name, name, member.Start));
        }

        Visit(member.Object);
        Visit(member.Computed ? member.Property : null);
    }

    private void Declare(Node? pattern)
    {
        switch (pattern)
        {
            case null:
                return;
            case Identifier name:
                _declared.Add(name.Name);
                return;
            default:
                foreach (var child in pattern.ChildNodes)
                {
                    Declare(child);
                }

                return;
        }
    }
}
