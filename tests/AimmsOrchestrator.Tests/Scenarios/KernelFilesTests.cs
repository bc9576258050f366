using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>Files that are views of the running system: they hold this program's keys.</summary>
public sealed class KernelFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-kernel-").FullName;

    [Theory]
    [InlineData("request: { file: /proc/self/environ }")]
    [InlineData("request: { file: ../../../../../../proc/self/environ }")]
    [InlineData("request: { file: environment }")]
    [InlineData("request: { file: processes/self/environ }")]
    [InlineData("request: { file: /sys/kernel/uevent_seqnum }")]
    [InlineData("request: { json: {} }\nsweep: { table: { file: /proc/self/environ } }")]
    public void None_is_read_however_it_is_named(string yaml)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.CreateSymbolicLink(Path.Combine(_folder, "environment"), "/proc/self/environ");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "processes"), "/proc");
        var file = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(file, $"name: t\nservice: {{ url: emulator, name: echo }}\n{yaml}\n");

        var result = new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None);

        var line = Assert.Single(result.Diagnostics).ToString();
        Assert.Contains("is a view of the running system", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_file_with_contents_is_read()
    {
        File.WriteAllText(Path.Combine(_folder, "base.json"), "{}");
        File.CreateSymbolicLink(Path.Combine(_folder, "link.json"), Path.Combine(_folder, "base.json"));
        var file = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(file, "name: t\nservice: { url: emulator, name: echo }\nrequest: { file: link.json }\n");

        Assert.Empty(new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None).Diagnostics);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
