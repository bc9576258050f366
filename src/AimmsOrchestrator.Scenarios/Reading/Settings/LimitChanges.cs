using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>
/// Limits that are changed while a batch exists: <c>limits.concurrency=4</c>, with the values that a scenario may give them. A
/// rate may be <c>none</c> as well.
/// </summary>
/// <param name="ceilings">What the profile of the batch's service lets no batch exceed.</param>
/// <param name="profile">The profile, for errors; null where there is none, and no ceiling.</param>
public sealed class LimitChanges(LimitCeilings ceilings, string? profile)
{
    /// <summary>Changes that no ceiling bounds.</summary>
    public static LimitChanges Unbounded { get; } = new(LimitCeilings.None, profile: null);

    private const string Prefix = "limits.";
    private const string None = "none";

    private static readonly string[] Rates = ["limits.submits", "limits.requests"];

    /// <summary>Limits with changes made to them.</summary>
    /// <param name="limits">The limits before.</param>
    /// <param name="changes">Names as in <see cref="ControlNames.Settable"/>, and values as in a scenario.</param>
    /// <param name="source">Where the changes come from: what each error begins with.</param>
    /// <returns>The limits, or every error.</returns>
    public (Limits Limits, IReadOnlyList<Diagnostic> Errors) Apply(
        Limits limits,
        IEnumerable<KeyValuePair<string, string>> changes,
        string source
    )
    {
        var diagnostics = new DiagnosticBag();
        foreach (var (name, value) in changes)
        {
            limits = Apply(limits, name, value, source, diagnostics);
        }

        return (limits, diagnostics.Errors());
    }

    private Limits Apply(Limits limits, string name, string value, string source, DiagnosticBag diagnostics)
    {
        var location = SourceLocation.Whole(source);
        if (name == ControlNames.Priority)
        {
            return Prioritize(limits, value.Trim(), location, diagnostics);
        }

        if (!ControlNames.Limits.Contains(name, StringComparer.Ordinal))
        {
            var near =
                DidYouMean.Among(name, ControlNames.Settable) ?? DidYouMean.Among(Prefix + name, ControlNames.Limits);
            var hint = near is null ? "" : $"; did you mean \"{near}\"?";
            diagnostics.Add(
                location,
                $"\"{name}\" cannot be set{hint} (what can be: {string.Join(", ", ControlNames.Settable)})"
            );
            return limits;
        }

        var isNone = Rates.Contains(name, StringComparer.Ordinal) && value.Trim() == None;
        if (isNone)
        {
            if ((name == Rates[0] ? ceilings.Submits : ceilings.Requests) is { } most)
            {
                diagnostics.Add(
                    location,
                    $"{name}: none exceeds the {RateReader.Text(most)} that the profile {profile} allows"
                );
                return limits;
            }

            return name == Rates[0] ? limits with { Submits = null } : limits with { Requests = null };
        }

        var before = diagnostics.Count;
        var node = value.Trim().Length == 0 ? null : YamlReader.ReadOption(source, value, diagnostics);
        if (diagnostics.Count > before)
        {
            return limits;
        }

        if (node is null or ScalarNode { Kind: ScalarKind.Null })
        {
            diagnostics.Add(location, $"{name}: a value is missing behind the =");
            return limits;
        }

        var key = ScalarNode.String(location, name[Prefix.Length..]);
        var section = Section.Read(
            new MappingNode(location, [new Member(key, node)]),
            ScenarioSchemas.Limits,
            diagnostics
        )!;
        return Read(section, limits, diagnostics);
    }

    private static Limits Prioritize(Limits limits, string word, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (Priorities.Parse(word) is { } priority)
        {
            return limits with { Priority = priority };
        }

        var near = DidYouMean.Among(word, Priorities.Words) is { } likely ? $"; did you mean \"{likely}\"?" : "";
        diagnostics.Add(location, $"priority: \"{word}\" is not one of {string.Join(", ", Priorities.Words)}{near}");
        return limits;
    }

    private Limits Read(Section section, Limits limits, DiagnosticBag diagnostics) =>
        new CeilingRules(ceilings, profile, section).Apply(
            ConcurrencyReader.Read(section["concurrency"], limits, diagnostics) with
            {
                MaxUnconfirmedSubmits = section.WholeNumber("unconfirmed", 1) ?? limits.MaxUnconfirmedSubmits,
                Submits = section.Rate("submits") ?? limits.Submits,
                Requests = section.Rate("requests") ?? limits.Requests,
            }
        );
}
