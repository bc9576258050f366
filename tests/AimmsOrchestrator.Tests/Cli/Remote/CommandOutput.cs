using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>What a command wrote.</summary>
internal sealed record CommandOutput(int ExitCode, string Output, string Errors)
{
    public static async Task<CommandOutput> OfAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandRunner.RunAsync(words, new Screen(output, errors));
        return new CommandOutput(exitCode, output.ToString(), errors.ToString());
    }
}
