using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Tests.Testing;
using AimmsOrchestrator.Tests.Testing.Machine;

namespace AimmsOrchestrator.Tests.Scenarios.Profiles;

/// <summary>Keys from the environment, from commands and from files.</summary>
public sealed class KeyReaderTests : ProfileTest
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void What_would_run_needs_no_key()
    {
        Project("acme: { url: https://acme.aimms.cloud, app: T, apiKey: { command: [there-is-no-such-program] } }");

        Assert.True(Load("{ use: acme, name: t }", needsKey: false).IsSound);
        Assert.True(
            Load(
                "{ url: https://acme.aimms.cloud, app: T, name: t, apiKey: \"${{ env.UNSET }}\" }",
                needsKey: false
            ).IsSound
        );
    }

    [Fact]
    public void A_key_that_is_there_is_kept_out_of_what_is_shown_though_none_is_needed()
    {
        Set("KEY", "sesame");
        Project("acme: { url: https://acme.aimms.cloud, app: T, apiKey: \"${{ env.KEY }}\" }");
        const string Written = "{ url: https://acme.aimms.cloud, app: T, name: t, apiKey: \"${{ env.KEY }}\" }";

        var profile = Load("{ use: acme, name: t }", needsKey: false).Scenario!;

        Assert.Equal("sesame", Load(Written, needsKey: false).Scenario!.ApiKey!.Reveal());
        Assert.Equal("sesame", profile.ApiKey!.Reveal());
        Assert.Equal("sesame", LoadStored(profile, needsKey: false).Scenario!.ApiKey!.Reveal());
    }

    [Theory]
    [InlineData(
        "{ command: [there-is-no-such-program, hunter2] }",
        "the command \"there-is-no-such-program\" cannot be run"
    )]
    [InlineData("{ file: nowhere.key }", "there is no file ")]
    [InlineData("\"${{ env.UNSET }}\"", "the environment variable UNSET is not set")]
    public void A_key_that_cannot_be_read_is_one_line(string key, string expected)
    {
        Project($"acme: {{ url: https://acme.aimms.cloud, app: T, apiKey: {key} }}");

        var problem = Problem(Load("{ use: acme, name: t }"));

        Assert.StartsWith("project/scenario.yaml:1:17: the key of the profile acme: ", problem.Replace('\\', '/'));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_stands_in_the_first_line_of_a_file_beside_the_profiles()
    {
        Project("acme: { url: https://acme.aimms.cloud, app: T, apiKey: { file: aimms.key } }");
        Folder.Write("project/aimms.key", "sesame \nnotes\n", Owner);

        Assert.Equal("sesame", Load("{ use: acme, name: t }").Scenario!.ApiKey!.Reveal());
    }

    [UnixTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_can_read_is_refused(UnixFileMode others)
    {
        var path = Folder.Write("aimms.key", "sesame", Owner | others);

        var outcome = KeyReader.Read(new KeySource.Stored(path), Variable);

        Assert.Null(outcome.Key);
        Assert.Contains($"`chmod 600 {path}`", outcome.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", outcome.Problem, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("echo sesame; echo notes", "sesame", null)]
    [InlineData("printf sesame", "sesame", null)]
    [InlineData("echo sesame; exit 3", null, "the command \"/bin/sh\" ended with exit code 3")]
    [InlineData("true", null, "what the command \"/bin/sh\" has is blank")]
    public void A_command_prints_the_key(string line, string? key, string? problem)
    {
        var outcome = KeyReader.Read(new KeySource.Command(["/bin/sh", "-c", line]), Variable);

        Assert.Equal((key, problem), (outcome.Key?.Reveal(), outcome.Problem));
    }

    [Fact]
    public void A_text_that_no_header_can_carry_is_no_key()
    {
        Set("KEY", "sesäme");

        Assert.StartsWith(
            "what the environment variable KEY has is not a key",
            KeyReader.Read(new KeySource.Variable("KEY"), Variable).Problem,
            StringComparison.Ordinal
        );
    }
}
