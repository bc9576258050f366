using System.Diagnostics;
using System.Text.RegularExpressions;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>The lines of Python that the README shows, as it shows them.</summary>
public sealed partial class PythonClientTests
{
    private const string Requests = "/usr/lib/python3/dist-packages/requests/__init__.py";

    [FactWith(Requests, "python3-requests")]
    public async Task The_READMEs_lines_submit_a_scenario_follow_it_and_load_its_results()
    {
        using var folder = new ProgramFolder();
        await using var service = await Sleepers.StartAsync(new Emulator.Tasks.EmulatorOptions { Parallel = 4 });
        folder.Write("server.yaml", $"services: {{ dev: {{ url: \"{service.Address}\" }} }}\n");
        folder.Write("transport.json", """{ "n": 0 }""");
        folder.Write(
            "freight.yaml",
            """
            name: freight
            service: { use: dev, name: echo }
            sweep: { matrix: { n: [90, 100] } }
            request: { file: transport.json, set: { /n: "${{ n }}" } }
            results: { cost: response.n * 2 }
            """
        );
        using var server = await ServerProgram.StartAsync(folder);
        var token = (await folder.RunAsync("token", "create", "alice", "--role", "runner")).Output.Trim();
        var shown = await File.ReadAllTextAsync(Path.Combine(ProgramFolder.Repository, "README.md"));
        var lines = Snippet()
            .Match(shown)
            .Groups["lines"]
            .Value.Replace("http://127.0.0.1:8700", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        folder.Write(
            "client.py",
            $"token = \"{token}\"\n{lines}\nprint([(run['n'], run['state'], float(run['cost'])) for run in runs])\n"
        );

        var start = new ProcessStartInfo("/usr/bin/python3", ["client.py"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_PROXY"] = "*";
        using var python = Process.Start(start)!;
        var run = await ProgramFolder.EndOfAsync(python);

        Assert.Equal("", run.Errors);
        Assert.Equal("[('90', 'completed', 180.0), ('100', 'completed', 200.0)]", run.OutputLines[^1]);
        Assert.Contains("event: end", run.Output, StringComparison.Ordinal);
        Assert.InRange(lines.Split('\n').Length, 8, 13);
    }

    [GeneratedRegex("```python\\n(?<lines>[^`]*requests\\.Session[^`]*)\\n```", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Snippet();
}
