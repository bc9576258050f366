using System.Diagnostics.CodeAnalysis;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>An answer of the service, or the fault that came instead. Failures that are to be expected are values.</summary>
/// <typeparam name="T">What the answer holds.</typeparam>
public sealed class Reply<T>
    where T : notnull
{
    private Reply(T? value, ServiceFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>The answer; there where <see cref="Fault"/> is null.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public ServiceFault? Fault { get; }

    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Fault is null;

    public static implicit operator Reply<T>(T value) => new(value, fault: null);

    public static implicit operator Reply<T>(ServiceFault fault) => new(value: default, fault);

    public override string ToString() => IsSuccess ? $"{Value}" : $"{Fault}";
}
