using System.Globalization;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>limits.concurrency</c>: a number, <c>auto</c>, or <c>{ auto: { most: 64 } }</c>.</summary>
internal static class ConcurrencyReader
{
    private const string Name = "limits.concurrency";
    private const string Auto = "auto";

    /// <summary>The limits, with the number of tasks or with that it is to be found.</summary>
    public static Limits Read(Node? node, Limits limits, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case null:
                return limits;

            case ScalarNode { Text: Auto }:
                return Found(limits, Limits.MostFound);

            case ScalarNode scalar:
                if (Number(scalar) is { } number)
                {
                    return limits with { MaxUnfinishedTasks = number, FindsConcurrency = false };
                }

                return Refuse(DidYouMean.Hint(scalar.Text, [Auto]));

            case not MappingNode:
                return Refuse($" nor {{ {Auto}: {{ most: 64 }} }}");
        }

        if (Section.Read(node, ScenarioSchemas.Concurrency, diagnostics) is not { } section)
        {
            return limits;
        }

        section.Require(Auto, $"write a number, {Auto}, or {{ {Auto}: {{ most: 64 }} }}");
        var found = section[Auto] is { } auto
            ? Section.Read(auto, ScenarioSchemas.FoundConcurrency, diagnostics)
            : null;
        return Found(limits, found?.WholeNumber("most", 1) ?? Limits.MostFound);

        Limits Refuse(string more)
        {
            diagnostics.Add(
                node.Location,
                $"{Name}: {node.Description} is neither a whole number of 1 or more nor {Auto}{more}"
            );
            return limits;
        }
    }

    private static Limits Found(Limits limits, int most) =>
        limits with
        {
            MaxUnfinishedTasks = most,
            FindsConcurrency = true,
        };

    private static int? Number(ScalarNode scalar) =>
        scalar.Kind == ScalarKind.Number
        && int.TryParse(scalar.Json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= 1
            ? number
            : null;
}
