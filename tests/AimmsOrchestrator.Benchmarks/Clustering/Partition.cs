using System.Diagnostics;
using System.Globalization;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>
/// Cuts a node's connections by the machine's packet filter, which drops what is sent without a word, as a broken network
/// does. Each node runs as a user of its own, by which the filter knows its packets; that needs root.
/// </summary>
internal static class Partition
{
    private const int FirstUser = 20_000;

    /// <summary>Whether this machine can do it.</summary>
    public static bool IsPossible { get; } = Environment.UserName == "root" && File.Exists("/usr/sbin/iptables");

    /// <summary>The start of a node as the user of its own.</summary>
    public static ProcessStartInfo AsUserOf(int node, ProcessStartInfo start)
    {
        var user = UserOf(node).ToString(CultureInfo.InvariantCulture);
        string[] all = [$"--reuid={user}", $"--regid={user}", "--clear-groups", start.FileName, .. start.ArgumentList];
        start.FileName = "setpriv";
        start.ArgumentList.Clear();
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Drops what a node sends to some ports and from its own one, and what others send to that.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="own">Its port; null where it is only a client.</param>
    /// <param name="others">The ports that it does not reach.</param>
    /// <param name="length">How long.</param>
    public static async Task CutAsync(int node, int? own, IEnumerable<int> others, TimeSpan length)
    {
        var ports = string.Join(
            ',',
            others.Append(own ?? 0).Where(port => port > 0).Select(port => port.ToString(CultureInfo.InvariantCulture))
        );
        var rules = new List<string>
        {
            FormattableString.Invariant(
                $"OUTPUT -o lo -p tcp -m owner --uid-owner {UserOf(node)} -m multiport --ports {ports} -j DROP"
            ),
        };
        if (own is { } port)
        {
            rules.Add(FormattableString.Invariant($"OUTPUT -o lo -p tcp --dport {port} -j DROP"));
        }

        foreach (var rule in rules)
        {
            await FilterAsync($"-A {rule}").ConfigureAwait(false);
        }

        await Task.Delay(length).ConfigureAwait(false);
        foreach (var rule in rules)
        {
            await FilterAsync($"-D {rule}").ConfigureAwait(false);
        }
    }

    private static int UserOf(int node) => FirstUser + node;

    private static async Task FilterAsync(string rule)
    {
        using var filter = Process.Start("/usr/sbin/iptables", rule);
        await filter.WaitForExitAsync().ConfigureAwait(false);
        if (filter.ExitCode != 0)
        {
            throw new InvalidOperationException($"iptables {rule} failed");
        }
    }
}
