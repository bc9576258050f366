using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Who else can read a file with a key.</summary>
internal static class KeyFileAccess
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Why a key does not belong in the file, with the way out; null where its owner alone can read it.</summary>
    public static string? Problem(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return IsOpenOnWindows(path)
                ? "can be read by other users of this machine: leave access to its owner alone, in its properties under Security"
                : null;
        }

        return (File.GetUnixFileMode(path) & Others) == UnixFileMode.None
            ? null
            : $"can be read or changed by others: leave it to its owner alone, as in `chmod 600 {path}`";
    }

    [SupportedOSPlatform("windows")]
    private static bool IsOpenOnWindows(string path)
    {
        // Groups that are more than one person.
        WellKnownSidType[] many =
        [
            WellKnownSidType.WorldSid,
            WellKnownSidType.AuthenticatedUserSid,
            WellKnownSidType.BuiltinUsersSid,
            WellKnownSidType.BuiltinGuestsSid,
            WellKnownSidType.AnonymousSid,
            WellKnownSidType.InteractiveSid,
            WellKnownSidType.NetworkSid,
        ];
        var rules = new FileInfo(path)
            .GetAccessControl()
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier));
        return rules
            .OfType<FileSystemAccessRule>()
            .Any(rule =>
                rule.AccessControlType == AccessControlType.Allow
                && rule.FileSystemRights.HasFlag(FileSystemRights.ReadData)
                && rule.IdentityReference is SecurityIdentifier who
                && Array.Exists(many, who.IsWellKnown)
            );
    }
}
