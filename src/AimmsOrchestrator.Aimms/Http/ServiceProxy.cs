using System.Net;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// The proxy that the environment names, which is never asked for this machine itself: the emulator and a local AIMMS
/// listen here, where a company's proxy cannot reach them.
/// </summary>
/// <param name="environment">What the environment names.</param>
public sealed class ServiceProxy(IWebProxy environment) : IWebProxy
{
    /// <summary>The credentials for the proxy.</summary>
    public ICredentials? Credentials
    {
        get => environment.Credentials;
        set => environment.Credentials = value;
    }

    /// <summary>The proxy for an address; null where it is called directly.</summary>
    public Uri? GetProxy(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return IsBypassed(destination) ? null : environment.GetProxy(destination);
    }

    /// <summary>Whether an address is called directly.</summary>
    public bool IsBypassed(Uri host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IsThisMachine(host) || environment.IsBypassed(host);
    }

    /// <summary>The proxy for an address without a name or a password, for messages; null where there is none.</summary>
    public string? Name(Uri address) =>
        GetProxy(address) is { } proxy && proxy != address
            ? proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;

    private static bool IsThisMachine(Uri address) =>
        address.IsLoopback
        || address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || address.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (
            IPAddress.TryParse(address.DnsSafeHost, out var ip)
            && (IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
        );
}
