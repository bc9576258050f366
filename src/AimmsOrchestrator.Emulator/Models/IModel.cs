namespace AimmsOrchestrator.Emulator.Models;

/// <summary>A model behind a service name, like an AIMMS procedure with a <c>dex::ServiceName</c>.</summary>
internal interface IModel
{
    /// <summary>The service name.</summary>
    string Name { get; }

    /// <summary>Whether it calls the solver, whose libraries a slim build leaves out.</summary>
    bool NeedsSolver => false;

    /// <summary>Whether it computes for long, and so runs on its own thread.</summary>
    bool IsLongRunning => false;

    /// <summary>Runs the procedure.</summary>
    /// <exception cref="ModelException">The model raised an error.</exception>
    Task<ModelOutput> RunAsync(ModelCall call);
}

/// <summary>The output of a model.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="MediaType">Their type; null where the request had none to pass on.</param>
internal sealed record ModelOutput(byte[] Body, string? MediaType = "application/json");

/// <summary>An error that the model raised: its task fails with return code 0 and this message.</summary>
internal sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A line of a task's log.</summary>
internal sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>The input of a model, its progress, and its interrupts.</summary>
internal sealed class ModelCall(byte[] body, string? mediaType, TimeProvider time) : IDisposable
{
    private readonly Queue<LogLine> _log = new();
    private readonly CancellationTokenSource _solve = new();
    private readonly CancellationTokenSource _execution = new();

    /// <summary>The request's bytes.</summary>
    public byte[] Body { get; private set; } = body;

    public string? MediaType { get; } = mediaType;

    public TimeProvider Time { get; } = time;

    /// <summary>Whether the model is inside a solve.</summary>
    public bool IsSolving
    {
        get;
        set
        {
            var isNew = field != value;
            field = value;
            if (isNew)
            {
                SolvingChanged?.Invoke();
            }
        }
    }

    /// <summary>Called when a solve begins or ends; returns at once.</summary>
    public Action? SolvingChanged { get; set; }

    /// <summary>The model's progress; null until it reports one.</summary>
    public byte[]? Status { get; set; }

    /// <summary>What the model wrote to its log, the latest lines last.</summary>
    public IReadOnlyList<LogLine> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Writes a line to the log, which keeps the latest 500.</summary>
    public void Write(string text)
    {
        lock (_log)
        {
            _log.Enqueue(new LogLine(Time.GetUtcNow(), text));
            if (_log.Count > 500)
            {
                _log.Dequeue();
            }
        }
    }

    /// <summary>Cancelled by an interrupt of the solve: the model continues with its best solution.</summary>
    public CancellationToken SolveInterrupted => _solve.Token;

    /// <summary>Cancelled by an interrupt of the execution: the model must throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken ExecutionInterrupted => _execution.Token;

    /// <summary>The model has ended and needs its input no more.</summary>
    public void ReleaseBody() => Body = [];

    public void InterruptSolve() => _solve.Cancel();

    public void InterruptExecution() => _execution.Cancel();

    public void Dispose()
    {
        _solve.Dispose();
        _execution.Dispose();
    }
}
