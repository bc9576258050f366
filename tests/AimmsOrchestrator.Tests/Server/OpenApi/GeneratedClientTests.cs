using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag.CodeGeneration.CSharp;

namespace AimmsOrchestrator.Tests.Server.OpenApi;

/// <summary>A client that is generated from <c>/openapi.json</c>, as a user would.</summary>
public sealed class GeneratedClientTests : IAsyncLifetime
{
    /// <summary>What a user writes with it.</summary>
    private const string Program = """
        using System;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;

        namespace Generated
        {
            public static class Program
            {
                public static async Task<string> RunAsync(HttpClient http, string scenario, string table)
                {
                    var client = new BatchClient(http);
                    Func<FileParameter[]> files = () => new[] { File("cases.csv", table) };
                    var plan = await client.PlanScenarioAsync(null, null, null, false, File("table.yaml", scenario), files());
                    var submitted = await client.SubmitBatchAsync(
                        "key-1", null, null, "high", false, false, false, false, File("table.yaml", scenario), files());
                    // The stream of its events ends with the batch.
                    await http.GetStringAsync($"api/batches/{submitted.Id}/events");
                    var batch = await client.GetBatchAsync(submitted.Id);

                    var page = await client.ListRunsAsync(submitted.Id, null, 10, "completed");
                    var names = string.Join(" ", page.Runs.Select(run => $"{run.Name}={run.Results["slept"]}"));
                    string missing;
                    try
                    {
                        await client.GetBatchAsync("none");
                        missing = "there";
                    }
                    catch (ApiException<ProblemDetails> e)
                    {
                        missing = e.Result.Detail;
                    }

                    return $"{plan.Runs} planned, {submitted.Id}, {batch.Completed} completed: {names}; {missing}";
                }

                private static FileParameter File(string name, string text) =>
                    new FileParameter(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, "application/octet-stream");
            }
        }
        """;

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task It_compiles_submits_a_batch_and_reads_its_end_and_its_runs()
    {
        var text = await _room.Client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
        var document = await NSwag.OpenApiDocument.FromJsonAsync(text);
        var settings = new CSharpClientGeneratorSettings { ClassName = "BatchClient", UseBaseUrl = false };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = NJsonSchema
            .CodeGeneration
            .CSharp
            .CSharpJsonLibrary
            .SystemTextJson;
        var source = new CSharpClientGenerator(document, settings).GenerateFile();

        var run = Compile(source, Program);
        var said = await run(
            _room.Client,
            """
            name: table
            service: { use: dev, name: sleep }
            sweep: { table: { file: cases.csv } }
            request: { json: { seconds: "${{ seconds }}" } }
            results: { slept: response.slept }
            """,
            "seconds\n0\n0.01\n"
        );

        Assert.Equal(
            "2 planned, table-1, 2 completed: seconds=0=0 seconds=0.01=0.01; there is no batch \"none\"",
            said
        );
    }

    private static Func<HttpClient, string, string, Task<string>> Compile(params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly);
        Assert.Empty(emitted.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return AssemblyLoadContext
            .Default.LoadFromStream(assembly)
            .GetType("Generated.Program")!
            .GetMethod("RunAsync")!
            .CreateDelegate<Func<HttpClient, string, string, Task<string>>>();
    }
}
