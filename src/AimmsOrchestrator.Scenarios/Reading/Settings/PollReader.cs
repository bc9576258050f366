using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>poll</c>: planned polls, unless the scenario gives intervals.</summary>
internal static class PollReader
{
    private const string Adaptive = "adaptive";
    private const string Intervals = "the intervals every, first, factor and max";

    private static readonly string[] Growing = ["first", "factor", "max"];

    /// <summary>When a task is polled.</summary>
    /// <param name="node">The section.</param>
    /// <param name="service">The service, for what it can do; null where it is not known.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static PollPolicy Read(Node? node, ServiceSettings? service, DiagnosticBag diagnostics)
    {
        if (node is ScalarNode { Kind: not ScalarKind.Null } word)
        {
            if (word.Text != Adaptive)
            {
                var hint = DidYouMean.Hint(word.Text, [Adaptive]);
                var problem =
                    $"poll: {node.Description} is neither adaptive nor a mapping, such as {{ every: 5s }}{hint}";
                diagnostics.Add(node.Location, problem);
            }

            return PollPolicy.Adaptive();
        }

        if (Section.Read(node, ScenarioSchemas.Poll, diagnostics) is not { } section)
        {
            return PollPolicy.Adaptive();
        }

        return Read(section, diagnostics) with
        {
            Hook = HookReader.Read(section, service, diagnostics),
        };
    }

    private static PollPolicy Read(Section section, DiagnosticBag diagnostics)
    {
        if (section["every"] is not null)
        {
            Exclude(
                section,
                [Adaptive, .. Growing],
                "every keeps the wait fixed, so it excludes adaptive, first, factor and max"
            );
            return section.Duration("every") is { } interval ? PollPolicy.Every(interval) : PollPolicy.Default;
        }

        if (Growing.All(key => section[key] is null))
        {
            return PollPolicy.Adaptive(Budget(section, diagnostics));
        }

        Exclude(section, [Adaptive], $"adaptive plans the polls, so it excludes {Intervals}");
        var (first, longest) = section.Waits(PollPolicy.Default.First, PollPolicy.Default.Max);
        return new PollPolicy(first, section.Number("factor", 1) ?? PollPolicy.Default.Factor, longest);
    }

    private static PollBudget? Budget(Section poll, DiagnosticBag diagnostics)
    {
        var section = Section.Read(poll[Adaptive], ScenarioSchemas.AdaptivePoll, diagnostics);
        return section
            ?.Parse<BudgetValue>(
                "budget",
                scalar => BudgetValue.Parse(scalar),
                _ => "is neither a number of polls per run above 1, such as 3, nor what a poll is worth, such as 2s"
            )
            ?.Budget;
    }

    private static void Exclude(Section section, IEnumerable<string> keys, string why)
    {
        foreach (var key in keys.Where(key => section[key] is not null))
        {
            section.Report(key, why);
        }
    }

    private readonly record struct BudgetValue(PollBudget Budget)
    {
        public static BudgetValue? Parse(ScalarNode scalar) =>
            scalar.Number is { } polls
                ? polls > PollBudget.FewestPolls
                    ? new BudgetValue(PollBudget.PerRun(polls))
                    : null
                : DurationReader.Parse(scalar.Text) is { } price && price > TimeSpan.Zero
                    ? new BudgetValue(PollBudget.Worth(price))
                    : null;
    }
}
