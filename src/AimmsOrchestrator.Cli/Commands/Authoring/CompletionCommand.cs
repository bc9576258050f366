using System.CommandLine;
using System.Reflection;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Commands.Authoring;

/// <summary>The script by which a shell completes this program's command lines.</summary>
internal sealed class CompletionCommand : BaseCommand
{
    /// <summary>The shells, as resources are named after them.</summary>
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or pwsh" };

    public CompletionCommand(CommandServices services)
        : base(
            services,
            "completion",
            "Print the script by which a shell completes commands, batches, scenarios and formats",
            "completion bash > ~/.local/share/bash-completion/completions/aimms-batch",
            "completion zsh > \"${fpath[1]}/_aimms-batch\"",
            "completion fish > ~/.config/fish/completions/aimms-batch.fish",
            "completion pwsh >> $PROFILE"
        )
    {
        _shell.CompletionSources.Add(Shells);
        _shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !Shells.Contains(word, StringComparer.Ordinal))
            {
                result.AddError($"\"{word}\" is none of {string.Join(", ", Shells)}{DidYouMean.Hint(word, Shells)}");
            }
        });
        Declare(_shell);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var name = $"completion:{parsed.GetRequiredValue(_shell)}";
        using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var text = await script.ReadToEndAsync(cancellation);
        await Screen.Data.Profile.Out.Writer.WriteAsync(text.ReplaceLineEndings("\n").AsMemory(), cancellation);
        return ExitCode.Success;
    }
}
