using System.CommandLine;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>The options that change a scenario without touching its file.</summary>
internal sealed class OverrideOptions
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Give a parameter other values, written as in YAML; may be repeated",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<long?> _limit = new("--limit")
    {
        Description = "Take the first N runs only",
        HelpName = "N",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "Call another service address",
        HelpName = "URL",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_set, _limit, _url];

    public ScenarioOverrides Read(ParseResult parsed) =>
        new()
        {
            Set = parsed.GetValue(_set) ?? [],
            Limit = parsed.GetValue(_limit),
            Url = parsed.GetValue(_url),
        };
}
