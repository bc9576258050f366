using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AimmsOrchestrator.Cluster.Settings;

/// <summary>Where a node is reached: a host's name or address, and a port.</summary>
/// <param name="Host">As other nodes write it; an IPv6 address without its brackets.</param>
/// <param name="Port">1 to 65535; 0 where the system is to choose one.</param>
public readonly record struct NodeAddress(string Host, int Port)
{
    private const string Expected = "write HOST:PORT, as in node1.example.com:8701";

    /// <summary>Reads <c>HOST:PORT</c>, an IPv6 address in brackets.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="address">The address; without meaning where there is a problem.</param>
    /// <param name="problem">What is wrong, as one sentence; null where nothing is.</param>
    public static bool TryParse(string text, out NodeAddress address, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        (address, problem) = (default, null);
        var colon = text.LastIndexOf(':');
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal))
        {
            problem = $"\"{text}\" has a scheme or a name before its host; {Expected}: the scheme follows from TLS";
        }
        else if (colon <= 0 || text.EndsWith(']'))
        {
            problem = $"\"{text}\" has no port; {Expected}";
        }
        else if (
            !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is 0 or > 65535
        )
        {
            problem = $"the port of \"{text}\" is no number from 1 to 65535; {Expected}";
        }
        else if (HostOf(text[..colon]) is not { } host)
        {
            problem =
                $"the host of \"{text}\" is neither a name nor an address; {Expected}, an IPv6 address in brackets";
        }
        else
        {
            address = new NodeAddress(host, port);
        }

        return problem is null;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}"
        );

    /// <summary>Whether it means every address of a machine, and therefore none that another machine could reach.</summary>
    internal static bool IsWildcard(string host) => host is "0.0.0.0" or "::" or "[::]" or "*" or "+";

    /// <summary>Whether other machines cannot reach it.</summary>
    internal static bool IsLoopback(string host) =>
        host is "localhost"
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    internal static bool IsHost(string host) => Uri.CheckHostName(host) is not UriHostNameType.Unknown;

    private static string? HostOf(string text)
    {
        var isBracketed = text.StartsWith('[') && text.EndsWith(']');
        var host = isBracketed ? text[1..^1] : text;
        var kind = Uri.CheckHostName(host);
        return kind is UriHostNameType.Unknown || isBracketed != (kind is UriHostNameType.IPv6) ? null : host;
    }
}
