using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;

namespace AimmsOrchestrator.Cluster.Messages;

/// <summary>
/// In the place of Akka's serializer for everything else, which writes .NET's type names: so a peer chooses no types that are
/// made here, and a message without a serializer of its own is noticed on the first day.
/// </summary>
internal sealed class NoTypesSerializer : Serializer
{
    private readonly ExtendedActorSystem _system;

    /// <param name="system">Whose messages they are.</param>
    /// <param name="settings">Those of Akka's own, which come with its name in the configuration.</param>
    public NoTypesSerializer(ExtendedActorSystem system, Config settings)
        : base(system)
    {
        _ = settings;
        _system = system;
    }

    /// <summary>That of Akka's own.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        throw new ArgumentException($"{obj.GetType()} does not go to other nodes", nameof(obj));

    public override object FromBinary(byte[] bytes, Type type)
    {
        ClusterTelemetry.UnknownMessages.Add(1);
        Logging
            .GetLogger(_system, typeof(NoTypesSerializer))
            .Warning("A message of another node is dropped: it names types");
        return new UnknownMessage("json");
    }
}
