using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>What is wrong with a command line, in this program's own words.</summary>
internal static partial class ParseErrors
{
    /// <summary>The value of an option; false where it cannot be read as one, which the parser reports by itself.</summary>
    public static bool TryGet<T>(this OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>
    /// An argument that takes any number of words takes an option that is misspelt too: such a word is refused as the parser
    /// refuses it elsewhere.
    /// </summary>
    public static void RefuseOptions(this Argument argument) =>
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"Unrecognized command or argument '{token.Value}'.");
            }
        });

    /// <summary>One line per error; after an unknown command only that one, since nothing behind it can be judged.</summary>
    public static IReadOnlyList<string> Lines(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal).ToList();
        var unknown = messages.ConvertAll(message => Unknown().Match(message)).FindAll(match => match.Success);
        var command = parsed.CommandResult.Command;
        if (unknown.Count > 0 && command.Subcommands.Count > 0)
        {
            var word = unknown[0].Groups["word"].Value;
            return [$"there is no command \"{word}\"{Hint(word, command)}"];
        }

        return messages.ConvertAll(message => Reworded(message, command));
    }

    private static string Reworded(string message, Command command)
    {
        if (Unknown().Match(message) is { Success: true } unknown)
        {
            var word = unknown.Groups["word"].Value;
            return $"{command.Name} takes no \"{word}\"{Hint(word, command)}";
        }

        return Unreadable().Match(message) is { Success: true } wrong
            ? $"{wrong.Groups["option"]}: \"{wrong.Groups["word"]}\" is not {KindOf(wrong.Groups["type"].Value)}"
            : message;
    }

    private static string Hint(string word, Command command) =>
        DidYouMean.Hint(
            word,
            command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name))
        );

    private static string KindOf(string type) =>
        type.Contains("Double", StringComparison.Ordinal) ? "a number"
        : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
        : type.Contains("FileInfo", StringComparison.Ordinal) ? "the name of a file"
        : type.Contains("DirectoryInfo", StringComparison.Ordinal) ? "the name of a folder"
        : "a value that it can have";

    [GeneratedRegex(
        "^Unrecognized command or argument '(?<word>.*)'\\.$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Unknown();

    [GeneratedRegex(
        "^Cannot parse argument '(?<word>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'\\.$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Unreadable();
}
