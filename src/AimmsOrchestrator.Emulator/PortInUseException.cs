namespace AimmsOrchestrator.Emulator;

/// <summary>The emulator cannot listen on the port; the message is one line for a person.</summary>
public sealed class PortInUseException(string message, Exception inner) : Exception(message, inner);
