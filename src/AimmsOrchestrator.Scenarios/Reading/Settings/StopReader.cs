using System.Globalization;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>What stops a batch before its last run; nulls where nothing does.</summary>
internal sealed record StopSettings(FailureBudget? Failures, StopTime? At, Func<IStopRule>? When)
{
    public static StopSettings None { get; } = new(null, null, null);
}

/// <summary>Reads <c>stop</c>.</summary>
internal sealed class StopReader(PlainExpressionReader expressions, DiagnosticBag diagnostics)
{
    public StopSettings Read(Node? node) =>
        Section.Read(node, ScenarioSchemas.Stop, diagnostics) is { } section
            ? new StopSettings(Failures(section), At(section), When(section["when"]))
            : StopSettings.None;

    private static StopTime? At(Section section)
    {
        var lead = section.Duration("lead") ?? StopTime.DefaultLead;
        var at = section.Parse(
            "at",
            written => TimeOfDayReader.Parse(written.Text),
            _ => "is not a time of day; write \"06:00\", \"06:00 Europe/Amsterdam\" or \"06:00 +01:00\""
        );
        return at is var (time, zone) ? new StopTime(time, zone, lead) : null;
    }

    private Func<IStopRule>? When(Node? node)
    {
        if (node is null)
        {
            return null;
        }

        var scope = Scope.Parameters(StopWhen.Names);
        return expressions.Read("stop.when", node, scope, Purpose.Truth) is { } expression
            ? () => new StopWhen(expression)
            : null;
    }

    /// <summary>Null where the scenario stops for no number of failures.</summary>
    private static FailureBudget? Failures(Section section)
    {
        if (section.Scalar("failures") is not { } written)
        {
            return null;
        }

        var isShare = written.Text.EndsWith('%');
        var digits = written.Text.TrimEnd('%').TrimEnd();
        if (
            isShare
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is > 0 and <= 100
        )
        {
            return new FailureBudget(Runs: null, share / 100);
        }

        if (!isShare && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0)
        {
            return new FailureBudget(runs, Share: null);
        }

        section.Report(
            "failures",
            $"{written.Description} is neither a number of runs nor a percentage of them; write 5 or 5%"
        );
        return null;
    }
}
