using Jint;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>
/// The process's first engine, which is built on a thread of its own while the scenario is read that needs it: nearly all of
/// the engine's code is compiled for it, which takes as long as all else that <c>plan</c> does.
/// </summary>
internal static class FirstEngine
{
    /// <summary>What only the engine's parser reads, wherever it stands.</summary>
    private static readonly string[] Operators = ["=>", "??", "?.", "==="];

    private static Lazy<Engine>? _first = new(Sandbox.CreateEngine);
    private static int _isBegun;

    /// <summary>Begins to build it, once per process, where a scenario looks as if it needed one: a wrong guess costs time only.</summary>
    /// <param name="read">Reads the scenario's text, beside the caller's own work; null where there is none.</param>
    public static void BeginFor(Func<string?> read)
    {
        // Another processor's work: where there is one only, it would come in between.
        if (Environment.ProcessorCount > 1 && _isBegun == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(Begin, read, preferLocal: false);
        }
    }

    /// <summary>The first engine, for the first caller; a new one for every other.</summary>
    public static Engine TakeOrCreate() =>
        Interlocked.Exchange(ref _first, null) is { } first ? first.Value : Sandbox.CreateEngine();

    /// <summary>Whether some expression of a scenario seems to be more than a name or a path.</summary>
    internal static bool MayBeNeeded(string scenario)
    {
        if (Array.Exists(Operators, part => scenario.Contains(part, StringComparison.Ordinal)))
        {
            return true;
        }

        for (var start = 0; (start = scenario.IndexOf("${{", start, StringComparison.Ordinal)) >= 0; )
        {
            start += 3;
            var length = scenario.AsSpan(start).IndexOf("}}", StringComparison.Ordinal);
            foreach (var letter in scenario.AsSpan(start, Math.Max(0, length)))
            {
                if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '.' or '-' or ' '))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Begin(Func<string?> read)
    {
        try
        {
            if (
                _first is { } first
                && read() is { } scenario
                && MayBeNeeded(scenario)
                && Interlocked.Exchange(ref _isBegun, 1) == 0
            )
            {
                _ = first.Value;
            }
        }
#pragma warning disable CA1031 // The caller's own work meets the same trouble, and reports it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing was needed yet.
        }
    }
}
