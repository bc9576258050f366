using System.Diagnostics.CodeAnalysis;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>Addresses that a request can be sent to.</summary>
public static class WebAddress
{
    /// <summary>
    /// Whether a text is an absolute address with the scheme http or https. A host with a character that no host name may
    /// have counts as none: <see cref="Uri"/> accepts it, and throws once the host is asked for.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && IsCallable(address);

    /// <summary>Whether a request can be sent to an address: its scheme is http or https, and its host can be a name.</summary>
    public static bool IsCallable(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is { IsAbsoluteUri: true, Scheme: "http" or "https" } && IsHostName(address);
    }

    /// <summary>Whether the host can be a name; <see cref="Uri.IdnHost"/> throws where it cannot.</summary>
    public static bool IsHostName(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
