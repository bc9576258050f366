namespace AimmsOrchestrator.Emulator;

/// <summary>The emulator cannot listen on the port; the message is one line for a person.</summary>
public sealed class PortInUseException : Exception
{
    public PortInUseException() { }

    public PortInUseException(string message)
        : base(message) { }

    public PortInUseException(string message, Exception innerException)
        : base(message, innerException) { }
}
