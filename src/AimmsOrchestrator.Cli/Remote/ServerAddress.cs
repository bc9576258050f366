using AimmsOrchestrator.Domain.Accounts;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Where a server is, and the token for it.</summary>
/// <param name="Url">Its address, with a slash at the end; it holds no password.</param>
/// <param name="Token">The token; null where none is set. It goes to this address alone, and is never shown.</param>
internal sealed record ServerAddress(Uri Url, string? Token)
{
    /// <summary>The environment variable with the token; there is no option for it, which other users of the machine could read.</summary>
    public const string TokenVariable = "AIMMS_BATCH_TOKEN";

    /// <summary>The address as messages name it.</summary>
    public string Name => Url.AbsoluteUri.TrimEnd('/');

    /// <param name="text">The address as it was given.</param>
    /// <param name="source">The option or the variable that gives it.</param>
    /// <param name="token">The token as the environment has it.</param>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static ServerAddress Parse(string text, string source, string? token)
    {
        if (!WebAddress.TryParse(text.Trim(), out var url))
        {
            throw new UserErrorException(
                $"{source}: \"{text}\" is not the address of a server; write it as in https://batches.example.com or http://127.0.0.1:8700"
            );
        }

        if (url.UserInfo.Length > 0)
        {
            throw new UserErrorException(
                $"{source}: the address has a name or a password in it; leave it out, and set {TokenVariable} to a token"
            );
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new UserErrorException(
                $"{source}: the address has a query in it; a token belongs into {TokenVariable}, never into an address"
            );
        }

        return new ServerAddress(new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), TokenOf(token));
    }

    private static string? TokenOf(string? token)
    {
        var trimmed = token?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        return trimmed.All(letter => letter is > ' ' and <= '~')
            ? trimmed
            : throw new UserErrorException(
                $"{TokenVariable}: this is no token: it has spaces, or letters that no token has; `aimms-batch token create` prints one"
            );
    }
}
