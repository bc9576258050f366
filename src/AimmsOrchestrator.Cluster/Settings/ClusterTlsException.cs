namespace AimmsOrchestrator.Cluster.Settings;

/// <summary>A certificate or key cannot be used; the message is one line for a person.</summary>
public sealed class ClusterTlsException(string message, Exception? inner = null) : Exception(message, inner);
