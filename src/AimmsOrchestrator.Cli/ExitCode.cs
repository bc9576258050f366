namespace AimmsOrchestrator.Cli;

/// <summary>What the program's exit code says; scripts rely on these.</summary>
internal static class ExitCode
{
    /// <summary>Every run completed; or the command did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>Some runs failed.</summary>
    public const int RunsFailed = 1;

    /// <summary>Two batches differ.</summary>
    public const int Differ = 1;

    /// <summary>The command line, the scenario or the workspace is wrong; nothing was sent.</summary>
    public const int WrongInput = 2;

    /// <summary>The batch stopped before its end.</summary>
    public const int Stopped = 3;

    /// <summary>The service refuses, or cannot be reached.</summary>
    public const int ServiceRefused = 4;

    /// <summary>Ctrl-C, or a request of the system to end.</summary>
    public const int Interrupted = 130;
}

/// <summary>What a person did wrong, or what this machine does not let the program do: one line, an exit code, no stack trace.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException(string message, int exitCode = Cli.ExitCode.WrongInput)
        : base(message) => ExitCode = exitCode;

    public UserErrorException()
        : this("") { }

    public UserErrorException(string message, Exception innerException)
        : base(message, innerException) => ExitCode = Cli.ExitCode.WrongInput;

    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
