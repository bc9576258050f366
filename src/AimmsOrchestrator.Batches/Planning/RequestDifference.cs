using System.Security.Cryptography;
using System.Text.Json;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Planning;

/// <summary>One difference between the requests of two runs.</summary>
/// <param name="What">Such as <c>the request at /freight</c>.</param>
/// <param name="Before">What it was, shortened.</param>
/// <param name="Now">What it is, shortened.</param>
internal sealed record RequestDifference(string What, string Before, string Now)
{
    private const int Longest = 40;
    private const int Context = 8;
    private const int DigestLength = 8;
    private const int Most = 20;
    private const string Nothing = "nothing";

    public static IReadOnlyList<RequestDifference> Between(
        Scenario before,
        PlannedRun runBefore,
        Scenario now,
        PlannedRun runNow
    )
    {
        if (runBefore.Request is not { } from || runNow.Request is not { } to)
        {
            return
            [
                new RequestDifference(
                    "an expression that fails",
                    runBefore.Defect ?? "sound",
                    runNow.Defect ?? "sound"
                ),
            ];
        }

        var found = new List<RequestDifference>();
        Compare(found, "service.url", before.ServiceAddress().TrimEnd('/'), now.ServiceAddress().TrimEnd('/'));
        Compare(found, "service.app", from.Target.App, to.Target.App);
        Compare(found, "service.version", from.Target.Version, to.Target.Version);
        Compare(found, "service.name", from.Target.Service, to.Target.Service);
        if (Json(from) is { } jsonBefore && Json(to) is { } jsonNow)
        {
            CompareJson(found, "", jsonBefore, jsonNow);
        }
        else if (!from.Body.Span.SequenceEqual(to.Body.Span))
        {
            found.Add(new RequestDifference("the request's file", Summary(from.Body), Summary(to.Body)));
        }

        if (found.Count == 0)
        {
            Compare(found, "the request's type", from.MediaType, to.MediaType);
            Compare(found, "the replicate that repeat makes", Replicate(before, runBefore), Replicate(now, runNow));
        }

        return found;
    }

    private static string? Replicate(Scenario scenario, PlannedRun run) =>
        run
            .Parameters.Parameters.Where(parameter => scenario.Design.Replicates.Contains(parameter.Name))
            .Select(parameter => parameter.Value.GetRawText())
            .FirstOrDefault();

    private static JsonElement? Json(TaskRequest request) =>
        request.MediaType == "application/json" && request.Body.Length > 0
            ? JsonElement.Parse(request.Body.Span)
            : null;

    private static void Compare(List<RequestDifference> found, string what, string? before, string? now)
    {
        if (before != now)
        {
            found.Add(new RequestDifference(what, before ?? Nothing, now ?? Nothing));
        }
    }

    private static void CompareJson(
        List<RequestDifference> found,
        string pointer,
        JsonElement? before,
        JsonElement? now
    )
    {
        if (found.Count >= Most || (before is { } a && now is { } b && JsonElement.DeepEquals(a, b)))
        {
            return;
        }

        switch (before?.ValueKind, now?.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                var names = before!.Value.EnumerateObject().Concat(now!.Value.EnumerateObject()).Select(m => m.Name);
                foreach (var name in names.Distinct(StringComparer.Ordinal).ToList())
                {
                    CompareJson(
                        found,
                        $"{pointer}/{Escaped(name)}",
                        Member(before.Value, name),
                        Member(now.Value, name)
                    );
                }

                break;

            case (JsonValueKind.Array, JsonValueKind.Array):
                var length = Math.Max(before!.Value.GetArrayLength(), now!.Value.GetArrayLength());
                for (var i = 0; i < length && found.Count < Most; i++)
                {
                    CompareJson(found, $"{pointer}/{i}", Item(before.Value, i), Item(now.Value, i));
                }

                break;

            default:
                var (textBefore, textNow) = Texts(before, now);
                found.Add(
                    new RequestDifference(
                        pointer.Length == 0 ? "the request" : $"the request at {pointer}",
                        textBefore,
                        textNow
                    )
                );
                break;
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement element, int index) =>
        index < element.GetArrayLength() ? element[index] : null;

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Both values, from a little before where they begin to differ if the beginnings are long and alike.</summary>
    private static (string Before, string Now) Texts(JsonElement? before, JsonElement? now)
    {
        var (one, other) = (Text(before), Text(now));
        var alike = one.AsSpan().CommonPrefixLength(other);
        return alike < Longest / 2
            ? (Short(one), Short(other))
            : ($"…{Short(one[(alike - Context)..])}", $"…{Short(other[(alike - Context)..])}");
    }

    private static string Text(JsonElement? element) => element?.GetRawText().ReplaceLineEndings(" ") ?? Nothing;

    private static string Short(string text) => text.Length <= Longest ? text : $"{text.AsSpan(0, Longest - 1)}…";

    /// <summary>Files of one length differ in their digests.</summary>
    private static string Summary(ReadOnlyMemory<byte> body) =>
        $"{body.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(body.Span))[..DigestLength]}…";
}
