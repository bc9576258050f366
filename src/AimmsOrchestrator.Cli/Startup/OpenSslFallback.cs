using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Cli.Startup;

/// <summary>
/// .NET on Linux hashes and encrypts by the system's OpenSSL, and aborts where there is none, as in a bare container. A release
/// has one beside it for that case; the system's own, which gets its security updates, comes first.
/// </summary>
internal static class OpenSslFallback
{
    /// <summary>libssl needs libcrypto, so that is loaded before it.</summary>
    private static readonly string[] Libraries = ["libcrypto.so.3", "libssl.so.3"];

    /// <summary>Before anything is hashed. A library that is loaded is found by its name from then on.</summary>
    public static void Use()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "openssl");
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder) || NativeLibrary.TryLoad(Libraries[^1], out _))
        {
            return;
        }

        foreach (var library in Libraries)
        {
            NativeLibrary.TryLoad(Path.Combine(folder, library), out _);
        }
    }
}
