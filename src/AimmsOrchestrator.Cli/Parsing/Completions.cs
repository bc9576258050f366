using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>What a shell may complete a word to: asked while a person types, so that nothing here fails or takes long.</summary>
internal static class Completions
{
    private const int Most = 500;

    /// <summary>Gives every argument of these names its words, in whichever command it stands.</summary>
    public static void Attach(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            // Help would list the words that there are today.
            argument.HelpName ??= argument.Name;
            switch (argument.Name)
            {
                case "BATCH" or "BEFORE" or "AFTER":
                    argument.CompletionSources.Add(Batches);
                    break;
                case "SCENARIO":
                    argument.CompletionSources.Add(Scenarios);
                    break;
            }
        }

        foreach (var below in command.Subcommands)
        {
            Attach(below);
        }
    }

    /// <summary>Whether a server is meant, whose batches are not at hand.</summary>
    private static bool IsElsewhere(ParseResult typed) =>
        typed.GetResult(SharedOptions.ServerName) is OptionResult { Implicit: false }
        || (
            typed.GetResult("--workspace") is not OptionResult { Implicit: false }
            && Environment.GetEnvironmentVariable(SharedOptions.ServerVariable) is { Length: > 0 }
        );

    /// <summary>The workspace's batches, the latest first, and the scenarios that they are of.</summary>
    private static IEnumerable<CompletionItem> Batches(CompletionContext context)
    {
        if (IsElsewhere(context.ParseResult))
        {
            return [];
        }

        var folder = context.ParseResult.GetValue<string>("--workspace") ?? SharedOptions.DefaultWorkspace;
        try
        {
            using var reader = SqliteWorkspace.Find(folder)?.OpenReader();
            var batches = reader?.Batches().Take(Most).ToList() ?? [];
            return Items(batches.Select(batch => batch.Id.Value).Concat(batches.Select(batch => batch.Scenario)));
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>YAML files in the folder that the word names so far, and its folders.</summary>
    private static IEnumerable<CompletionItem> Scenarios(CompletionContext context)
    {
        var word = context.WordToComplete;
        var prefix = word[..(word.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1)];
        try
        {
            var folder = new DirectoryInfo(prefix.Length == 0 ? "." : prefix);
            return !folder.Exists
                ? []
                : Items(
                    folder
                        .EnumerateFileSystemInfos()
                        .Where(entry => !entry.Name.StartsWith('.'))
                        .Select(entry => entry is DirectoryInfo ? $"{prefix}{entry.Name}/" : $"{prefix}{entry.Name}")
                        .Where(name => name.EndsWith('/') || IsScenario(name))
                        .Take(Most)
                        .Order(StringComparer.Ordinal)
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The profiles of the current folder and of the user.</summary>
    public static IEnumerable<CompletionItem> Profiles(CompletionContext context) =>
        Items(ServiceProfiles.Around(scenario: null, Environment.GetEnvironmentVariable).Names());

    private static bool IsScenario(string name) =>
        (
            name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        )
        && Path.GetFileName(name) != ServiceProfiles.FileName;

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> words) =>
        words.Distinct(StringComparer.Ordinal).Select(word => new CompletionItem(word));
}
