using System.Net.Http.Headers;
using System.Text;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>A scenario with the files that it reads, as a server gets it.</summary>
internal sealed class ScenarioUpload
{
    private readonly string _path;
    private readonly ScenarioBundle _bundle;

    private ScenarioUpload(string path, ScenarioBundle bundle, ScenarioOverrides overrides)
    {
        (_path, _bundle) = (path, bundle);
        Query = string.Join(
            '&',
            [
                .. overrides.Set.Select(assignment => $"set={RemoteBatches.Escape(assignment)}"),
                .. overrides.Limit is { } limit ? [$"limit={limit}"] : Array.Empty<string>(),
            ]
        );
    }

    /// <summary>What the command line changes of it, as the query of an address.</summary>
    public string Query { get; }

    /// <summary>Reads it from this disk.</summary>
    /// <param name="path">The scenario's file as the user named it.</param>
    /// <param name="overrides">What the command line changes of it.</param>
    /// <param name="services">Where a long search is shown.</param>
    /// <exception cref="UserErrorException">It cannot be read, or a server cannot have it.</exception>
    public static ScenarioUpload Read(string path, ScenarioOverrides overrides, CommandServices services)
    {
        if (overrides.Url is not null)
        {
            throw new UserErrorException(
                "--url: a server calls the services that its configuration names; leave it out, and write service: { use: NAME }"
            );
        }

        var walk = new WalkReport(path, services.Screen, services.Time);
        var loader = new ScenarioLoader(Environment.GetEnvironmentVariable, walk.Show) { NeedsKey = false };
        var bundle = loader.Bundle(path, overrides, out var diagnostics);
        walk.End();
        if (bundle is null)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, diagnostics));
        }

        var outside = bundle.Files.Keys.FirstOrDefault(name =>
            Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..")
        );
        return outside is null
            ? new ScenarioUpload(path, bundle, overrides)
            : throw new UserErrorException(
                $"{path}: it reads {outside}, and a server takes files of the scenario's own folder and those below it; move or copy that there"
            );
    }

    /// <summary>The body of a request; each call makes a new one.</summary>
    public HttpContent ToContent()
    {
        var form = new MultipartFormDataContent();
        Add(form, "scenario", Path.GetFileName(_path), Encoding.UTF8.GetBytes(_bundle.Source));
        foreach (var (name, bytes) in _bundle.Files)
        {
            Add(form, "file", name.Replace('\\', '/'), bytes);
        }

        return form;
    }

    /// <summary>A diagnostic of the server as one of this machine: its file is the one that the user named, or lies beside it.</summary>
    public Diagnostic Here(Diagnostic there)
    {
        var unread = _bundle.Unread.FirstOrDefault(own => own.Line == there.Line && own.Column == there.Column);
        return unread is not null && there.Message.Contains("there is no file", StringComparison.Ordinal) ? unread
            : there.File.StartsWith('-') ? there
            : there with { File = Path.Combine(Path.GetDirectoryName(_path) ?? "", there.File) };
    }

    /// <summary>A server's problem with the scenario, as one of this machine.</summary>
    public UserErrorException Here(ServerProblemException problem) =>
        problem.Diagnostics.Count == 0
            ? problem.ToUserError()
            : new UserErrorException(string.Join(Environment.NewLine, problem.Diagnostics.Select(Here)));

    private static void Add(MultipartFormDataContent form, string part, string name, ReadOnlyMemory<byte> bytes)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{part}\"",
            FileName = $"\"{Quoted(name)}\"",
        };
        form.Add(content);
    }

    /// <summary>As browsers write it (https://html.spec.whatwg.org/#multipart-form-data).</summary>
    private static string Quoted(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
