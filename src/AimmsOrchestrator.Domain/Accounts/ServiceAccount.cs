namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>
/// The account at which a batch's tasks run, by name. The service knows one limit for a whole account, whatever app, key or
/// scenario a task comes from, and an address leads to one account: so the name is the address, in one spelling, and has
/// neither app nor key.
/// </summary>
public static class ServiceAccount
{
    /// <summary>The word for the built-in emulator: each batch has its own, so that no limit is shared there.</summary>
    public const string Emulator = "emulator";

    private const string Local = "localhost";

    /// <summary>
    /// The account's name: scheme, host, port where it is not the scheme's own, and path; the host in lower case, every name
    /// of this machine as <c>localhost</c>, no slash at the end. What is no address is its own name.
    /// </summary>
    /// <param name="address">The address as a scenario has it.</param>
    public static string NameOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || !WebAddress.IsHostName(uri))
        {
            return address.Trim().TrimEnd('/');
        }

        var host = uri.IsLoopback ? Local : uri.IdnHost.ToLowerInvariant().TrimEnd('.');
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{host}{port}{uri.AbsolutePath.TrimEnd('/')}";
    }
}
