using System.Security.Cryptography;
using System.Text;

namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>A submit's <c>taskStateHook</c>: the address to call, and the value of its parameter <c>key</c>.</summary>
/// <param name="Address">The address without that parameter.</param>
/// <param name="Key">What the calls are signed with; null for no signature.</param>
internal sealed record StateHook(Uri Address, string? Key)
{
    /// <summary>The header of a submit.</summary>
    public const string Header = "taskStateHook";

    private const int LongestAddress = 2_000;

    /// <returns>Null where the text is not an address.</returns>
    public static StateHook? Parse(string text)
    {
        if (
            text.Length > LongestAddress
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
        )
        {
            return null;
        }

        var parts = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var key = parts.FirstOrDefault(IsKey);
        var kept = string.Join('&', parts.Where(part => !IsKey(part)));
        return new StateHook(
            new UriBuilder(uri) { Query = kept, Fragment = "" }.Uri,
            key is null ? null : Uri.UnescapeDataString(key["key=".Length..])
        );
    }

    /// <summary>The address of one call.</summary>
    /// <param name="task">The task's id.</param>
    /// <param name="state">Its new state.</param>
    /// <param name="at">The moment of the call.</param>
    /// <remarks>
    /// The service's HMAC is made from the key and the id; its hash and its spelling are not published. Here it is SHA-256 in
    /// hexadecimal.
    /// </remarks>
    public Uri CallAddress(string task, string state, DateTimeOffset at)
    {
        var query = $"task_uuid={task}&task_state={state}&at={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        if (Key is not null)
        {
            var code = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(task));
            query += $"&hmac={Convert.ToHexStringLower(code)}";
        }

        var before = Address.Query.Length > 1 ? Address.Query[1..] + "&" : "";
        return new UriBuilder(Address) { Query = before + query }.Uri;
    }

    private static bool IsKey(string part) => part.StartsWith("key=", StringComparison.Ordinal);
}
