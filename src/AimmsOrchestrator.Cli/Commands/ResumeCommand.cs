using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>Resumes a batch that was stopped, or runs again what failed of it.</summary>
internal sealed class ResumeCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly ExecutionOptions _execution = new();
    private readonly bool _isRetry;

    private ResumeCommand(CommandServices services, bool isRetry, string name, string description, string example)
        : base(services, name, description, name, example)
    {
        _isRetry = isRetry;
        Declare([_batch, _execution.Workspace, .. _execution.Output]);
    }

    /// <summary>The command <c>resume</c>.</summary>
    public static ResumeCommand Resume(CommandServices services) =>
        new(
            services,
            isRetry: false,
            "resume",
            "Continue a batch that was stopped, from the workspace alone",
            "resume transport-whatif"
        );

    /// <summary>The command <c>retry</c>.</summary>
    public static ResumeCommand Retry(CommandServices services) =>
        new(
            services,
            isRetry: true,
            "retry",
            "Run again what failed in a batch, and only that",
            "retry transport-whatif-3"
        );

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation) =>
        _execution.SessionOf(parsed, Services).ResumeAsync(parsed.GetValue(_batch), _isRetry);
}
