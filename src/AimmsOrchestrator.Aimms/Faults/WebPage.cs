using System.Text;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Faults;

/// <summary>
/// A web page that came instead of an answer, by its first characters: gateways send theirs with status 200, and some with
/// the content type that the caller expects.
/// </summary>
/// <param name="Title">Its title; a remark where it has none.</param>
/// <param name="HasSignInForm">Whether it asks for a password, or leads to a sign-in service.</param>
/// <param name="IsSignIn">Whether it does, or its title says so.</param>
internal sealed record WebPage(string Title, bool HasSignInForm, bool IsSignIn)
{
    private const int LongestRead = 64 * 1024;

    private static readonly string[] Starts = ["<!doctype html", "<html", "<head", "<body", "<script", "<meta"];

    /// <summary>What only a page has that asks who is there: a password, SAML, OpenID Connect.</summary>
    private static readonly string[] SignInForms =
    [
        "type=\"password\"",
        "type='password'",
        "type=password",
        "SAMLRequest",
        "/oauth2/",
        "openid-connect",
        "login.microsoftonline.com",
    ];

    private static readonly string[] SignInTitles =
    [
        "sign in",
        "sign-in",
        "signin",
        "sign on",
        "log in",
        "log-in",
        "login",
        "log on",
        "logon",
        "authentication required",
        "anmelden",
        "anmeldung",
        "aanmelden",
        "inloggen",
        "connexion",
        "iniciar sesi",
    ];

    /// <summary>The page; null where the body is none.</summary>
    /// <param name="body">The body, of which the beginning is read.</param>
    /// <param name="redactor">Removes the key from the title.</param>
    public static WebPage? Read(ReadOnlySpan<byte> body, KeyRedactor redactor)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        // Most answers are none, and may be large: one character says so.
        var start = body.TrimStart(" \t\r\n"u8);
        if (!start.StartsWith("<"u8))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(start[..Math.Min(start.Length, LongestRead)]);
        if (!Starts.Any(tag => text.StartsWith(tag, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var title = ErrorBody.Read(body, redactor).Text;
        var hasForm = SignInForms.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
        var isSignIn = hasForm || SignInTitles.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase));
        return new WebPage(title, hasForm, isSignIn);
    }
}
