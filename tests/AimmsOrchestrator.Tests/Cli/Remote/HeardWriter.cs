using System.Text;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>What a command writes, for tests that go on once it has written something. Safe for many threads.</summary>
internal sealed class HeardWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> _waits = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
        {
            _text.Append(value);
            if (value == '\n')
            {
                Complete();
            }
        }
    }

    /// <summary>Complete once a line with the text has been written.</summary>
    public Task HearAsync(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waits.Add((text, heard));
            Complete();
        }

        return heard.Task.WaitAsync(Waiting.Patience);
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }

    private void Complete()
    {
        var text = _text.ToString();
        foreach (var (_, heard) in _waits.Where(wait => text.Contains(wait.Text, StringComparison.Ordinal)))
        {
            heard.TrySetResult();
        }
    }
}
