using System.CommandLine;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Cli.Commands.Execution;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Domain.Runs;

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
    private readonly Option<string[]> _kind = new("--kind")
    {
        Description = $"Only what failed for this reason; may be repeated: {string.Join(", ", RunErrorKinds.Words)}",
        HelpName = "KIND",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<string?> _where = new("--where")
    {
        Description = "Only failed runs of which this expression over parameters and results is true",
        HelpName = "EXPRESSION",
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
        _kind.AcceptOnly(RunErrorKinds.Words);
        Declare([
            _batch,
            .. _execution.Place,
            .. isRetry ? [_notSuccess, _kind, _where] : Array.Empty<Option>(),
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
            "retry transport-whatif-3 --not-success",
            "retry transport-whatif-3 --kind timed-out --where \"growth > 1.05\""
        );

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetValue(_batch);
        var request = new RetryRequest(
            parsed.GetValue(_notSuccess),
            parsed.GetValue(_kind) ?? [],
            parsed.GetValue(_where)
        );
        using var server = _execution.Server(parsed, Services);
        if (server is not null)
        {
            var remote = _execution.RemoteOf(parsed, Services, server);
            return _isRetry
                ? await remote.RetryAsync(name, request, cancellation)
                : await remote.ResumeAsync(name, cancellation);
        }

        var session = _execution.SessionOf(parsed, Services);
        return _isRetry ? await session.RetryAsync(name, request) : await session.ResumeAsync(name);
    }
}
