namespace AimmsOrchestrator.Tests.Testing.Machine;

/// <summary>Needs what Windows does not have: modes of files, a shell at its usual place.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "not on Windows" : null;
}
