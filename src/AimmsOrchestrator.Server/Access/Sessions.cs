using System.Globalization;
using System.Security.Cryptography;
using AimmsOrchestrator.Domain.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.Access;

/// <summary>
/// Browsers that have signed in with a token. The cookie says who, protected by a key of the workspace, so that it
/// outlives a restart; a revoked token's sessions end with it.
/// </summary>
internal sealed class Sessions(IDataProtectionProvider protection, AccessControl access, TimeProvider time)
{
    public const string Cookie = "aimms-batch-session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private readonly IDataProtector _protector = protection.CreateProtector("session");

    /// <summary>Signs a browser in.</summary>
    public void Begin(HttpContext context, AccessToken token)
    {
        var until = time.GetUtcNow() + Lifetime;
        var text = string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {token.Name}");
        context.Response.Cookies.Append(Cookie, _protector.Protect(text), OptionsOf(context, until));
    }

    /// <summary>Signs a browser out.</summary>
    public static void End(HttpContext context) =>
        context.Response.Cookies.Delete(Cookie, OptionsOf(context, until: null));

    /// <summary>Who the browser has signed in as; null where it has not.</summary>
    public AccessToken? Find(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return
                _protector.Unprotect(cookie).Split(' ', 2) is [var until, var name]
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && time.GetUtcNow().ToUnixTimeSeconds() < seconds
                ? access.FindByName(name)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions OptionsOf(HttpContext context, DateTimeOffset? until) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Expires = until,
            Path = "/",
        };
}
