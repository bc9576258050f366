namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>
/// An address that carries a secret: a name and a password before the host, or a query. It would stand in the database, in
/// messages and in the list of processes, so it is refused, and the refusal does not repeat it.
/// </summary>
internal static class AddressSecret
{
    private const string Instead = "a key is never part of an address; write apiKey: ${{ env.AIMMS_API_KEY }}";

    /// <summary>What is wrong, in one line; null where the address carries no secret.</summary>
    /// <param name="address">The address as it is written.</param>
    /// <param name="name">The key that it is the value of, such as <c>service.url</c>.</param>
    public static string? Of(string address, string name)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var at = address.LastIndexOf('@');
        if (at >= start)
        {
            return $"{name}: \"{address[..start]}***{address[at..]}\" is not an address: a name or a password stands before its host; {Instead}";
        }

        var query = address.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : $"{name}: \"{address[..query]}?***\" is not an address: it has a query; {Instead}";
    }
}
