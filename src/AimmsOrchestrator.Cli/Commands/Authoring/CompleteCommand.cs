using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>What the scripts of <see cref="CompletionCommand"/> ask: the words that the last word may become, one per line.</summary>
internal sealed class CompleteCommand : BaseCommand
{
    private readonly Argument<string[]> _words = new("WORD") { Arity = ArgumentArity.ZeroOrMore };

    public CompleteCommand(CommandServices services)
        : base(services, "complete", "What a shell asks: the words that the last one may become")
    {
        Hidden = true;
        Declare(_words);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var words = parsed.GetValue(_words) ?? [];
        var root = parsed.RootCommandResult.Command;
        var output = Screen.Data.Profile.Out.Writer;
        foreach (var word in For(root, words))
        {
            await output.WriteAsync($"{word}\n".AsMemory(), cancellation);
        }

        return ExitCode.Success;
    }

    private static IEnumerable<string> For(Command root, IReadOnlyList<string> words)
    {
        var current = words.Count == 0 ? "" : words[^1];
        var text = string.Join(' ', words.Take(words.Count - 1).Select(Quoted).Append(current));
        var found = root.Parse(text).GetCompletions(text.Length).Select(item => item.InsertText ?? item.Label);

        // Options are many and seldom what a word without a dash is to become.
        return found
            .Where(word =>
                word.StartsWith(current, StringComparison.Ordinal) && word.StartsWith('-') == current.StartsWith('-')
            )
            .Where(word => word.Length > 2 && word is not ("/?" or "/h"))
            .Distinct(StringComparer.Ordinal);
    }

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
