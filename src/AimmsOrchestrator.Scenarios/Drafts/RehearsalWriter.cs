using System.Text;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Writes the <c>emulator</c> section of a draft: a service that answers in the model's place until its author edits it.</summary>
internal static class RehearsalWriter
{
    /// <returns>Lines without indentation of their own, each with its comment; none where no service of one's own is wanted.</returns>
    public static IEnumerable<(string Text, string? Comment)> Lines(ScenarioDraft draft)
    {
        if (!draft.Rehearses)
        {
            yield break;
        }

        yield return ("emulator:", "what answers in the model's place: edit it");
        yield return ("  services:", null);
        yield return ($"    {YamlText.Of(draft.Service)}:", null);
        if (draft.ResponseFile is { } file)
        {
            yield return ($"      file: {YamlText.Of(file)}", null);
        }
        else
        {
            yield return ("      answer:", "expressions over the request; or file: response.json");
            yield return ($"        objective: {Objective(draft)}", null);
            yield return ("        status: optimal", null);
        }

        yield return ("      # runTime: 2s", "or a distribution, such as { lognormal: [1, 0.5] }");
        yield return ("      # failures: 5%", null);
    }

    /// <summary>The first number of the request that varies, so that the results differ; 1 where the request has none.</summary>
    private static string Objective(ScenarioDraft draft) =>
        draft.Chosen.Concat(draft.Candidates).FirstOrDefault(candidate => !candidate.IsText) is { } number
            ? YamlText.Quoted($"${{{{ request{Steps(number.JsonPointer)} }}}}")
            : "1";

    /// <summary>A JSON Pointer as ECMAScript's brackets: a number in them is a position or a name.</summary>
    private static string Steps(string pointer)
    {
        var steps = new StringBuilder();
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            steps.Append('[').Append(YamlText.Quoted(name)).Append(']');
        }

        return steps.ToString();
    }
}
