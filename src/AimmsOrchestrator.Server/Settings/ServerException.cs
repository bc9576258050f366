namespace AimmsOrchestrator.Server.Settings;

/// <summary>Why a server cannot start, in one line.</summary>
public sealed class ServerException(string message, Exception? inner = null) : Exception(message, inner);
