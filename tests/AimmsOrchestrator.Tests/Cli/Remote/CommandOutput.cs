using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>What a command wrote.</summary>
internal sealed record CommandOutput(int ExitCode, string Output, string Errors)
{
    public static async Task<CommandOutput> OfAsync(params string[] words)
    {
        using var errors = new StringWriter();
        return await OfAsync(errors, words);
    }

    /// <param name="errors">Where its errors and its progress go.</param>
    /// <param name="words">The command.</param>
    public static async Task<CommandOutput> OfAsync(TextWriter errors, params string[] words)
    {
        using var output = new StringWriter();
        var exitCode = await CommandRunner.RunAsync(words, new Screen(output, errors));
        return new CommandOutput(exitCode, output.ToString(), $"{errors}");
    }
}
