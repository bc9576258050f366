using System.Globalization;

namespace AimmsOrchestrator.Cluster.Settings;

/// <summary>How this node is reached, and which nodes it joins.</summary>
public sealed record BatchClusterOptions
{
    /// <summary>The address that it listens at: one of this machine's, or <c>0.0.0.0</c> for all of them.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>The port that it listens at; 0, the default, where the system is to choose one.</summary>
    public int Port { get; init; }

    /// <summary>The name or address by which other nodes reach it; by default the one that it listens at.</summary>
    public string? PublicHost { get; init; }

    /// <summary>The port by which other nodes reach it, where that is another one; null otherwise.</summary>
    public int? PublicPort { get; init; }

    /// <summary>
    /// The nodes to join, in the same order on every node: the first one alone begins a cluster where none of the others is
    /// there. None: this node is the first of its cluster.
    /// </summary>
    public IReadOnlyList<NodeAddress> Join { get; init; } = [];

    /// <summary>Certificates by which nodes recognise each other; null for connections that anyone can make and read.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>The program's version, as other nodes see it.</summary>
    public string Version { get; init; } = "0.0.0";

    /// <summary>The host by which other nodes reach this one.</summary>
    internal string ReachedAt => PublicHost ?? Listen;

    /// <summary>What is wrong with them, one sentence each; empty where they can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Port is < 0 or > 65535 || PublicPort is < 1 or > 65535)
        {
            var port = Port is < 0 or > 65535 ? Port : PublicPort!.Value;
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"the port of a node is 0 to 65535, not {port}"));
        }

        if (!NodeAddress.IsHost(Listen))
        {
            problems.Add($"a node cannot listen at \"{Listen}\": it is neither a name nor an address");
        }

        if (NodeAddress.IsWildcard(ReachedAt))
        {
            problems.Add(
                $"other nodes cannot reach {ReachedAt}: give the name or address by which they reach this one"
            );
        }
        else if (PublicHost is not null && !NodeAddress.IsHost(PublicHost))
        {
            problems.Add($"other nodes cannot reach \"{PublicHost}\": it is neither a name nor an address");
        }
        else if (NodeAddress.IsLoopback(ReachedAt) && Join.FirstOrDefault(IsElsewhere) is { Host: not null } other)
        {
            problems.Add(
                $"{other} cannot reach {ReachedAt}: give the name or address by which other machines reach this one"
            );
        }

        problems.AddRange(
            Join.GroupBy(seed => seed)
                .Where(same => same.Count() > 1)
                .Select(same => $"{same.Key} is there {same.Count()} times among the nodes to join")
        );
        problems.AddRange(
            Join.Where(seed => NodeAddress.IsWildcard(seed.Host))
                .Select(seed => $"{seed} cannot be joined: give the name or address by which it is reached")
        );
        if (!System.Version.TryParse(Version.Split('-', '+')[0], out _))
        {
            problems.Add($"\"{Version}\" is no version");
        }

        return problems;
    }

    private static bool IsElsewhere(NodeAddress seed) =>
        !NodeAddress.IsLoopback(seed.Host) && !NodeAddress.IsWildcard(seed.Host);
}
