using System.CommandLine;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Upkeep;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Cli.Commands.Upkeep;

/// <summary>Shows what is about to be removed, asks, removes it, and says what that freed and what is lost.</summary>
internal sealed class RemovalDialog(CommandServices services)
{
    private const int MostShown = 20;

    private readonly Screen _screen = services.Screen;

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask" };

    public Option<bool> Unfinished { get; } =
        new("--unfinished") { Description = "Also batches that have something left to do" };

    public Option<bool> Json { get; } = SharedOptions.Json("what was removed");

    /// <summary>That nothing was removed, for people or as a document.</summary>
    public int SayNothing(ParseResult parsed, bool responsesAlone, string line)
    {
        _screen.Say(line);
        Write(parsed, new Removal([]), responsesAlone);
        return ExitCode.Success;
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="responsesAlone">Whether their results stay.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RemoveAsync(
        ParseResult parsed,
        IWorkspace workspace,
        string name,
        IReadOnlyList<BatchRecord> batches,
        bool responsesAlone
    )
    {
        if (!parsed.GetValue(Yes))
        {
            ShowBatches(workspace, batches, responsesAlone);
            if (!_screen.CanAsk)
            {
                throw new UserErrorException(
                    "nothing was removed: --yes removes without asking, and there is no terminal to ask at"
                );
            }

            if (!_screen.Confirm(responsesAlone ? "Remove their responses?" : "Remove them with all their results?"))
            {
                return SayNothing(parsed, responsesAlone, "Nothing was removed.");
            }
        }

        var removal = new BatchRemoval(workspace, services.Time);
        var withUnfinished = parsed.GetValue(Unfinished);
        var result = responsesAlone
            ? await removal.RemoveResponsesAsync(batches, withUnfinished)
            : await removal.RemoveAsync(batches, withUnfinished);
        var removed = result.OrThrow(name);
        foreach (var line in Lines(removed, responsesAlone))
        {
            _screen.Say(line);
        }

        Write(parsed, removed, responsesAlone);
        return ExitCode.Success;
    }

    private void Write(ParseResult parsed, Removal removal, bool responsesAlone)
    {
        if (parsed.GetValue(Json))
        {
            _screen.WriteJson(RemovalDocument.Of(removal, responsesAlone), BatchJsonContext.Default.RemovalDocument);
        }
    }

    private void ShowBatches(IWorkspace workspace, IReadOnlyList<BatchRecord> batches, bool responsesAlone)
    {
        using var reader = workspace.OpenReader();
        var sizes = reader.Sizes();
        foreach (var batch in batches.Take(MostShown))
        {
            var size = sizes.GetValueOrDefault(batch.Number, StoredSize.None);
            var runs = batch.RunCount is { } count ? $"{count} runs, " : "";
            _screen.Say(
                $"{batch.Id}: {runs}started {batch.StartedAt.Moment()}, about {SizeText.Of(responsesAlone ? size.Responses : size.Total)}{(responsesAlone ? " of responses" : "")}"
            );
        }

        if (batches.Count > MostShown)
        {
            _screen.Say($"and {batches.Count - MostShown} more");
        }
    }

    private static IEnumerable<string> Lines(Removal removal, bool responsesAlone)
    {
        var names =
            removal.Batches.Count <= 5
                ? string.Join(", ", removal.Batches.Select(batch => batch.Id))
                : $"{removal.Batches.Count} batches";
        yield return responsesAlone
            ? $"{names}: {removal.Responses} responses removed, {SizeText.Of(removal.FreedBytes)} freed; the results stay"
            : $"{names} removed, {SizeText.Of(removal.FreedBytes)} freed";
        if (removal.SharedResponses > 0)
        {
            yield return $"{removal.SharedResponses} of these responses stay for runs of other batches that have them too";
        }

        if (removal.LostAnswers > 0)
        {
            yield return responsesAlone
                ? $"{removal.LostAnswers} of the answers cannot be used again by later batches, which ask anew"
                : $"{removal.LostAnswers} answers were in no other batch: later batches ask anew";
        }

        if (responsesAlone && removal.Responses > removal.LostAnswers)
        {
            yield return "later batches use the results again where they extract the same; other `results` or another `success` ask anew";
        }

        if (removal.TasksAtService > 0)
        {
            yield return $"the service may still have {removal.TasksAtService} tasks of what was removed: they run on";
        }
    }
}
