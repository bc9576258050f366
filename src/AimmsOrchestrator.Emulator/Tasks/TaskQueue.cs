using AimmsOrchestrator.Emulator.Models;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>The tasks of the service: a first-in, first-out queue in front of its sessions, and all tasks that ended.</summary>
/// <param name="options">How the service behaves.</param>
/// <param name="models">The models.</param>
/// <param name="time">The clock of the tasks.</param>
/// <param name="traffic">What is counted.</param>
/// <param name="changed">Called at each change of a task's state; returns at once. Null for nothing.</param>
internal sealed class TaskQueue(
    EmulatorOptions options,
    ModelLibrary models,
    TimeProvider time,
    TrafficLog traffic,
    Action<EmulatedTask>? changed = null
) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskStore _tasks = new();
    private readonly LinkedList<EmulatedTask> _waiting = [];
    private readonly KeptOutputs _outputs = new(options.KeptBytes);
    private readonly Stack<Session> _idle = new(
        Enumerable.Range(1, options.Parallel).Reverse().Select(number => new Session(number))
    );
    private readonly ScheduledStarts _starts = new(time);
    private int _sessions = options.Parallel;
    private int _lastSession = options.Parallel;
    private int _parallel = options.Parallel;
    private int _submits;

    /// <summary>How many tasks run at a time. Fewer than run now end none: a session goes when its task has ended.</summary>
    public int Parallel
    {
        get
        {
            lock (_lock)
            {
                return _parallel;
            }
        }
        set
        {
            lock (_lock)
            {
                _parallel = value;
                for (; _sessions < value; _sessions++)
                {
                    _idle.Push(new Session(++_lastSession));
                }

                while (_sessions > value && _idle.TryPop(out _))
                {
                    _sessions--;
                }

                StartWaiting();
            }
        }
    }

    /// <summary>Every task, the oldest first.</summary>
    public EmulatedTask[] All()
    {
        lock (_lock)
        {
            return [.. _tasks.InOrder];
        }
    }

    /// <summary>The task of an id; of a series the one of an index, the latest where that is null.</summary>
    public EmulatedTask? Find(string id, int? groupIndex = null)
    {
        lock (_lock)
        {
            return _tasks.Find(id, groupIndex);
        }
    }

    /// <summary>How many tasks of a service wait.</summary>
    public int CountWaiting(string service)
    {
        lock (_lock)
        {
            return _waiting.Count(task => task.Service == service);
        }
    }

    /// <summary>A fault: at this submit, counted from 1, the service loses all its tasks, once.</summary>
    /// <param name="submit">At which submit; 0 for none.</param>
    /// <returns>Whether this is that submit.</returns>
    public bool IsLostAt(int submit)
    {
        lock (_lock)
        {
            if (submit == 0 || ++_submits != submit)
            {
                return false;
            }

            foreach (var task in _tasks.InOrder.ToList())
            {
                Remove(task);
            }

            return true;
        }
    }

    public void Add(EmulatedTask task)
    {
        lock (_lock)
        {
            _tasks.Add(task);
            traffic.CountTask(task);
            Announce(task);
            if (task.StartsAt is not null)
            {
                _starts.Add(task, Due);
            }
            else if (!task.IsStuck)
            {
                _waiting.AddLast(task);
            }

            StartWaiting();
        }
    }

    public void Dispose() => _starts.Dispose();

    /// <summary>A scheduled task's moment has come: it joins the queue's end, unless it was removed or interrupted.</summary>
    private void Due(EmulatedTask task)
    {
        lock (_lock)
        {
            if (_tasks.Has(task) && task is { Stage: TaskStage.Queued, IsStuck: false })
            {
                _waiting.AddLast(task);
                StartWaiting();
            }
        }
    }

    /// <summary>Removes a task that is queued or ended.</summary>
    /// <returns>False where it is active.</returns>
    public bool TryDelete(EmulatedTask task)
    {
        lock (_lock)
        {
            if (task.Stage is TaskStage.Assigned or TaskStage.Running)
            {
                return false;
            }

            Remove(task);
            return true;
        }
    }

    /// <summary>A fault: the service no longer knows the task, although the task continues.</summary>
    public void Forget(EmulatedTask task)
    {
        lock (_lock)
        {
            Remove(task);
        }
    }

    /// <summary>Interrupts an active task; a queued one ends as if it had begun.</summary>
    /// <returns>False where it has ended.</returns>
    public bool TryInterrupt(EmulatedTask task, bool isExecution)
    {
        lock (_lock)
        {
            if (task.IsEnded)
            {
                return false;
            }

            task.SetStatus = isExecution ? "interrupt-execution" : "interrupt-solve";
            if (task.Stage == TaskStage.Queued)
            {
                _waiting.Remove(task);
                End(
                    task,
                    isExecution ? TaskStage.Failed : TaskStage.Completed,
                    isExecution ? null : 1,
                    isExecution ? "interrupted" : null
                );
                return true;
            }
        }

        // Outside the lock: the token's listeners run at once.
        if (isExecution)
        {
            task.Call.InterruptExecution();
        }
        else
        {
            task.Call.InterruptSolve();
        }

        return true;
    }

    /// <summary>A task has come; its changes are announced from now on, and its first state at once.</summary>
    private void Announce(EmulatedTask task)
    {
        if (changed is not null && task.Hook is not null)
        {
            task.Changed = changed;
            task.Call.SolvingChanged = () => changed(task);
            changed(task);
        }
    }

    private void Remove(EmulatedTask task)
    {
        _tasks.Remove(task);
        _waiting.Remove(task);
        _starts.Remove(task);
        _outputs.Remove(task);
        if (!task.IsEnded)
        {
            traffic.CountEnd();
        }
    }

    private void StartWaiting()
    {
        while (_waiting.First is { } first && _idle.TryPop(out var session))
        {
            _waiting.RemoveFirst();
            var task = first.Value;
            task.Stage = TaskStage.Assigned;
            task.AssignedAt = time.GetUtcNow();
            task.SessionId = session.Id;
            var isLongRunning = models.Find(task.Service) is { IsLongRunning: true };
            _ = isLongRunning
                ? Task.Factory.StartNew(
                    () => RunAsync(task, session),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                : Task.Run(() => RunAsync(task, session));
        }
    }

    private async Task RunAsync(EmulatedTask task, Session session)
    {
        var now = time.GetUtcNow();
        if (options.ColdStart > TimeSpan.Zero && !session.IsWarmAt(now, options.SessionIdle))
        {
            await Task.Delay(options.ColdStart, time).ConfigureAwait(false);
        }

        lock (_lock)
        {
            task.RunningAt = time.GetUtcNow();
            task.Stage = TaskStage.Running;
        }

        var (stage, returnCode, error, output) = await CallModelAsync(task).ConfigureAwait(false);
        lock (_lock)
        {
            task.Output = output;
            End(task, stage, returnCode, error);
            session.LastUsedAt = time.GetUtcNow();
            if (_sessions > _parallel)
            {
                _sessions--;
            }
            else
            {
                _idle.Push(session);
            }

            StartWaiting();
        }
    }

    private async Task<(TaskStage, int?, string?, ModelOutput?)> CallModelAsync(EmulatedTask task)
    {
        if (task.FailsAtOnce)
        {
            return (TaskStage.Failed, 0, "the session of the task died", null);
        }

        if (task.FailsWithDocument)
        {
            var document = JsonOutput.Of(writer =>
            {
                writer.WriteString("status", "error");
                writer.WriteString("message", "set Cities is empty");
            });
            return (TaskStage.Failed, 0, "the procedure raised an error: set Cities is empty", document);
        }

        if (models.Find(task.Service) is not { } model)
        {
            return (TaskStage.Failed, 0, $"there is no service \"{task.Service}\" in the model", null);
        }

        try
        {
            var output = await model.RunAsync(task.Call).ConfigureAwait(false);
            return (TaskStage.Completed, 1, null, output);
        }
        catch (ModelException e)
        {
            return (TaskStage.Failed, 0, e.Message, null);
        }
        catch (OperationCanceledException)
        {
            return (TaskStage.Failed, 0, "interrupted", null);
        }
    }

    private void End(EmulatedTask task, TaskStage stage, int? returnCode, string? error)
    {
        task.EndedAt = time.GetUtcNow();
        task.ReturnCode = returnCode;
        task.ErrorMessage = error;
        task.Call.SolvingChanged = null;
        task.Call.IsSolving = false;
        task.Stage = stage;
        task.Call.ReleaseBody();
        if (!_tasks.Has(task))
        {
            return;
        }

        traffic.CountEnd();
        if (_tasks.Find(task.Id) == task && task.Next(time.GetUtcNow()) is { } next)
        {
            Add(next);
        }

        foreach (var forgotten in task.Output is null ? [] : _outputs.Add(task))
        {
            Remove(forgotten);
        }
    }
}
