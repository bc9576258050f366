using System.Security.Claims;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Server.Access;

/// <summary>What a caller may do to a batch.</summary>
internal static class Callers
{
    public const string Viewer = "viewer";
    public const string Runner = "runner";
    public const string Admin = "admin";

    public static string Author(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "";

    /// <summary>Its own, or any for an admin.</summary>
    public static bool MayChange(this ClaimsPrincipal caller, BatchRecord batch) =>
        caller.IsInRole(Admin) || (caller.IsInRole(Runner) && batch.Owner == caller.Author());
}
