using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;

namespace AimmsOrchestrator.Cluster.Messages;

/// <summary>
/// Writes what crosses nodes as JSON under names of its own, so that versions can differ by more than types: what this version
/// does not know is dropped and counted, members that it does not know are ignored.
/// </summary>
/// <param name="system">Whose messages they are.</param>
internal sealed class ClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    internal const string WakeManifest = "wake";

    private readonly ExtendedActorSystem _system = system;

    /// <summary>The same on all nodes and in all versions.</summary>
    public override int Identifier => 8701;

    public override string Manifest(object o) =>
        o switch
        {
            Wake => WakeManifest,
            UnknownMessage unknown => unknown.Manifest,
            _ => throw new ArgumentException($"{o.GetType()} does not go to other nodes", nameof(o)),
        };

    public override byte[] ToBinary(object obj) =>
        obj switch
        {
            Wake wake => JsonSerializer.SerializeToUtf8Bytes(wake, ClusterJsonContext.Default.Wake),
            UnknownMessage => [],
            _ => throw new ArgumentException($"{obj.GetType()} does not go to other nodes", nameof(obj)),
        };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            if (
                manifest == WakeManifest
                && JsonSerializer.Deserialize(bytes, ClusterJsonContext.Default.Wake) is { } wake
            )
            {
                return wake;
            }
        }
        catch (JsonException)
        {
            // Counted as unknown.
        }

        ClusterTelemetry.UnknownMessages.Add(1);

        // The system has no log yet when it makes its serializers.
        Logging
            .GetLogger(_system, typeof(ClusterSerializer))
            .Warning("A message \"{0}\" of another node is dropped: this version does not know it", manifest);
        return new UnknownMessage(manifest);
    }
}

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Wake))]
internal sealed partial class ClusterJsonContext : JsonSerializerContext;
