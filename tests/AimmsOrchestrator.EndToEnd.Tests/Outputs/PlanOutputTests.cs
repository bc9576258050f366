using AimmsOrchestrator.EndToEnd.Tests;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Outputs;

/// <summary>What scripts read before anything is sent, to the byte.</summary>
public sealed class PlanOutputTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    [Theory]
    [InlineData("plan.jsonl", "json: { city: \"${{ city }}\", x: \"${{ x }}\", half: \"${{ x / 3 }}\" }", false)]
    [InlineData("plan-json.jsonl", "json: { city: \"${{ city }}\", x: \"${{ x }}\", half: \"${{ x / 3 }}\" }", true)]
    [InlineData("plan-text.jsonl", "file: body.csv", true)]
    [InlineData("plan-binary.jsonl", "file: body.bin", true)]
    [InlineData("plan-nothing.jsonl", null, true)]
    public async Task A_plan_is_the_one_on_file(string golden, string? request, bool withRequests)
    {
        _folder.Write("body.csv", "city,x\r\n\"Köln\",\"<1>\"\r\n");
        await File.WriteAllBytesAsync(_folder.File("body.bin"), [0, 1, 0xfe, 0xff]);
        _folder.Write(
            "plan.yaml",
            $$"""
            name: plan
            service: { url: emulator, name: echo }
            sweep: { matrix: { city: ["Köln", "漢字 😀", "a<b>&'\"+`"], x: [1, 2.50], list: [[1, null, true]] } }
            {{(request is null ? "" : $"request: {{ {request} }}")}}
            """
        );

        string[] command =
        [
            "plan",
            "plan.yaml",
            "--format",
            "jsonl",
            .. withRequests ? ["--requests"] : Array.Empty<string>(),
        ];
        var plan = await _folder.RunInShellAsync("> plan.out", command);

        Assert.True(plan.ExitCode == 0, plan.Errors);
        await GoldenFile.MatchesAsync(golden, GoldenFile.Text(await File.ReadAllBytesAsync(_folder.File("plan.out"))));
    }

    [Fact]
    public async Task The_schema_is_the_one_in_the_scenarios_folder()
    {
        await _folder.RunInShellAsync("> schema.out", "schema");

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(ProgramFolder.Repository, "scenarios", "scenario.schema.json")),
            GoldenFile.Text(await File.ReadAllBytesAsync(_folder.File("schema.out")))
        );
    }

    public void Dispose() => _folder.Dispose();
}
