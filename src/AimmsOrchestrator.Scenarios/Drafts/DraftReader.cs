using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Reads what a draft begins with: an example request, a file of cases, a response.</summary>
/// <param name="target">The scenario's file: what it names is relative to its folder.</param>
public sealed class DraftReader(string target)
{
    private readonly DiagnosticBag _diagnostics = new();

    /// <summary>What is wrong with the files.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics.Errors();

    /// <summary>The draft with an example request.</summary>
    public ScenarioDraft WithRequest(ScenarioDraft draft, string path)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (Bytes(path) is not { } bytes)
        {
            return draft;
        }

        draft = draft with { RequestFile = Relative(path) };
        if (MediaTypes.Of(path) != MediaTypes.Json || JsonReader.Read(path, bytes, _diagnostics) is not { } request)
        {
            return draft;
        }

        var (candidates, numbers) = CandidateFinder.In(request);
        return draft with { IsJson = true, Candidates = candidates, Numbers = numbers };
    }

    /// <summary>The draft with a file of cases; after its request, whose values the columns are compared with.</summary>
    public ScenarioDraft WithCases(ScenarioDraft draft, string path, string? sheet)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (Bytes(path) is null)
        {
            return draft;
        }

        var (table, problems) = CaseTable.Read(path, Relative(path), sheet, draft.Candidates);
        foreach (var problem in problems)
        {
            _diagnostics.Add(new SourceLocation(problem.File, problem.Line, problem.Column), problem.Message);
        }

        return draft with
        {
            Cases = table,
        };
    }

    /// <summary>The draft with the results that a response in a file proposes.</summary>
    public ScenarioDraft WithResponse(ScenarioDraft draft, string path) =>
        Bytes(path) is { } bytes
            ? WithResponse(draft, new TaskResponse(bytes, MediaTypes.Of(path))) with
            {
                ResponseFile = Relative(path),
            }
            : draft;

    /// <summary>The draft with the results that a response proposes.</summary>
    public static ScenarioDraft WithResponse(ScenarioDraft draft, TaskResponse response)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(response);
        return draft with { Results = ResultFinder.In(response) };
    }

    private byte[]? Bytes(string path)
    {
        var location = SourceLocation.Whole(path);
        try
        {
            if (!File.Exists(path))
            {
                _diagnostics.Add(location, $"there is no such file{NearFile.Hint(path)}");
                return null;
            }

            var bytes = RegularFile.Read(path);
            if (bytes is null)
            {
                _diagnostics.Add(location, "this is a device or a pipe; a regular file is wanted");
            }

            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _diagnostics.Add(location, $"it cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>As the scenario names the file: scenarios use slashes on every system.</summary>
    private string Relative(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? ".";
        return Path.GetRelativePath(folder, Path.GetFullPath(path)).Replace(Path.DirectorySeparatorChar, '/');
    }
}
