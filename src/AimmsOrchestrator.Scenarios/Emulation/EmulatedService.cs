using System.Text.Json;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Emulation;

/// <summary>A service of the author's own for the emulator: what it answers, how long that takes, and how often it fails.</summary>
public sealed class EmulatedService
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>The batch whose answers it gives, by its id or its scenario's name; null where it answers otherwise.</summary>
    public string? Replay { get; init; }

    /// <summary><c>json</c>, <c>csv</c> or <c>xlsx</c>: what <see cref="AnswerTo"/> is to be written as.</summary>
    public string Format { get; init; } = "json";

    /// <summary>The share of tasks that fail; 0 by default.</summary>
    public double Failures { get; init; }

    /// <summary>What a failed task says.</summary>
    public string Message { get; init; } = "the procedure raised an error (emulated)";

    /// <summary>How many tasks may wait; null for any number.</summary>
    public int? Queue { get; init; }

    internal AnswerTemplate? Answer { get; init; }

    internal Template? File { get; init; }

    internal string Folder { get; init; } = "";

    /// <summary>A file's bytes; null where it is no regular file.</summary>
    internal Func<string, byte[]?> ReadFile { get; init; } = _ => null;

    internal Distribution? RunTimes { get; init; }

    /// <summary>How long a task runs.</summary>
    /// <param name="unit">A draw from [0, 1).</param>
    public TimeSpan RunTime(double unit) =>
        RunTimes?.At(unit).Element is { ValueKind: JsonValueKind.Number } seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds.GetDouble(), 0, TimeSpan.FromDays(30).TotalSeconds))
            : TimeSpan.Zero;

    /// <summary>The answer to a request, or why there is none; for services that replay nothing.</summary>
    /// <param name="request">The request's bytes.</param>
    public (byte[]? Body, string? Failure) AnswerTo(ReadOnlyMemory<byte> request)
    {
        Value?[] values = [RequestOf(request)];
        using var scope = new RunScope(values, 0);
        return File is { } file ? Read(file, scope) : Answer!.Write(scope);
    }

    private (byte[]? Body, string? Failure) Read(Template file, RunScope scope)
    {
        var outcome = file.EvaluateText(scope);
        if (outcome.Value is not { Text: var name })
        {
            return (null, outcome.Failure);
        }

        var folder = Path.GetFullPath(Folder.Length > 0 ? Folder : ".");
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return (null, $"\"{name}\" is not in the folder of the services");
        }

        try
        {
            return ReadFile(path) is { } bytes ? (bytes, null) : (null, $"\"{name}\" is no regular file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"there is no answer: {e.Message}");
        }
    }

    /// <summary>A request that is not JSON is its text.</summary>
    private static Value RequestOf(ReadOnlyMemory<byte> request)
    {
        try
        {
            using var document = JsonDocument.Parse(request, JsonDepth.Document);
            return Value.Of(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return Value.String(System.Text.Encoding.UTF8.GetString(request.Span));
        }
    }
}
