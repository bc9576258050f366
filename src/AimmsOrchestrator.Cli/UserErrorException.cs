namespace AimmsOrchestrator.Cli;

/// <summary>A user's error, or what this machine does not let the program do: one line and an exit code, no stack trace.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException(string message, int exitCode = Cli.ExitCode.WrongInput)
        : base(message) => ExitCode = exitCode;

    public UserErrorException(string message, Exception innerException)
        : base(message, innerException) => ExitCode = Cli.ExitCode.WrongInput;

    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
