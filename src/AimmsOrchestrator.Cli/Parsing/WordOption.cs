using System.CommandLine;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>An option whose value is one of a few words.</summary>
internal static class WordOption
{
    /// <summary>Refuses every other word in one line, which has the allowed ones and the nearest of them.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words that are allowed.</param>
    /// <param name="nearest">Finds the word that another one probably means; by their letters if left out.</param>
    public static void AcceptOnly(
        this Option option,
        IReadOnlyList<string> words,
        Func<string, string?>? nearest = null
    )
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Except(words, StringComparer.Ordinal))
            {
                var near = nearest?.Invoke(word) ?? DidYouMean.Among(word, words);
                var hint = near is null ? "" : $"; did you mean \"{near}\"?";
                result.AddError($"{option.Name}: \"{word}\" is none of {string.Join(", ", words)}{hint}");
            }
        });
    }
}
