using System.CommandLine;
using AimmsOrchestrator.Cli.Commands.Execution;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>Resumes a batch that was stopped, or runs again what failed of it.</summary>
internal sealed class ResumeCommand : BaseCommand
{
    private readonly Argument<string?> _batch = SharedOptions.Batch();
    private readonly ExecutionOptions _execution = new();
    private readonly Option<bool> _notSuccess = new("--not-success")
    {
        Description = "Ask again what completed and is not-success, and only that",
    };
    private readonly bool _isRetry;

    private ResumeCommand(
        CommandServices services,
        bool isRetry,
        string name,
        string description,
        params string[] examples
    )
        : base(services, name, description, examples)
    {
        _isRetry = isRetry;
        Declare([
            _batch,
            _execution.Workspace,
            .. isRetry ? [_notSuccess] : Array.Empty<Option>(),
            .. _execution.Output,
        ]);
    }

    /// <summary>The command <c>resume</c>.</summary>
    public static ResumeCommand Resume(CommandServices services) =>
        new(
            services,
            isRetry: false,
            "resume",
            "Continue a batch that was stopped, from the workspace alone",
            "resume",
            "resume transport-whatif"
        );

    /// <summary>The command <c>retry</c>.</summary>
    public static ResumeCommand Retry(CommandServices services) =>
        new(
            services,
            isRetry: true,
            "retry",
            "Run again what failed in a batch, and only that; not what completed and is not-success",
            "retry",
            "retry transport-whatif-3",
            "retry transport-whatif-3 --not-success"
        );

    protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation) =>
        _isRetry
            ? _execution.SessionOf(parsed, Services).RetryAsync(parsed.GetValue(_batch), parsed.GetValue(_notSuccess))
            : _execution.SessionOf(parsed, Services).ResumeAsync(parsed.GetValue(_batch));
}
