using System.Globalization;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>
/// Holds a scenario's limits to the ceilings of its profile: what it asks for beyond one is an error, what it leaves out
/// becomes the ceiling where the default is above it.
/// </summary>
/// <param name="ceilings">The ceilings.</param>
/// <param name="profile">The profile, for diagnostics; null where there is none, and no ceiling.</param>
/// <param name="limits">The <c>limits</c> that are asked for; null where nothing is.</param>
internal sealed class CeilingRules(LimitCeilings ceilings, string? profile, Section? limits)
{
    public Limits Apply(Limits asked) =>
        asked with
        {
            MaxUnfinishedTasks = Number("concurrency", asked.MaxUnfinishedTasks, ceilings.UnfinishedTasks, SaysNumber),
            MaxUnconfirmedSubmits = Number(
                "unconfirmed",
                asked.MaxUnconfirmedSubmits,
                ceilings.UnconfirmedSubmits,
                limits?["unconfirmed"] is not null
            ),
            Submits = Rate("submits", asked.Submits, ceilings.Submits),
            Requests = Rate("requests", asked.Requests, ceilings.Requests),
            LargestAnswer = Size(asked.LargestAnswer),
            Account = ceilings,
        };

    /// <summary><c>auto</c> alone finds a number below any ceiling; a number, and the most of <c>auto</c>, ask for that many.</summary>
    private bool SaysNumber =>
        limits?["concurrency"] switch
        {
            null or ScalarNode { Text: "auto" } => false,
            MappingNode mapping => mapping.Find("auto") is MappingNode auto && auto.Find("most") is not null,
            _ => true,
        };

    private int Number(string key, int asked, int? ceiling, bool isSaid)
    {
        if (ceiling is not { } most || asked <= most)
        {
            return asked;
        }

        if (isSaid)
        {
            Refuse(key, asked.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        }

        return most;
    }

    private Rate? Rate(string key, Rate? asked, Rate? ceiling)
    {
        if (asked is null || ceiling is null || asked.KeepsWithin(ceiling))
        {
            return asked ?? ceiling;
        }

        Refuse(key, RateReader.Text(asked), RateReader.Text(ceiling));
        return ceiling;
    }

    private long Size(long asked)
    {
        if (ceilings.LargestAnswer is not { } most || asked <= most)
        {
            return asked;
        }

        if (limits?["answer"] is not null)
        {
            Refuse("answer", SizeReader.Text(asked), SizeReader.Text(most));
        }

        return most;
    }

    private void Refuse(string key, string asked, string most) =>
        limits!.Report(
            key,
            $"{asked} exceeds the {most} that the profile {profile} allows; write {most} or less, or leave it out"
        );
}
