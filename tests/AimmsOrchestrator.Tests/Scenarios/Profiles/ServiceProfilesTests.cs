using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Tests.Scenarios.Profiles;

/// <summary>Services by names of their own, in the project's file and in the user's.</summary>
public sealed class ServiceProfilesTests : ProfileTest
{
    private const string Acme =
        "acme: { url: https://acme.aimms.cloud, app: Transport, version: 1.40, apiKey: \"${{ env.KEY }}\" }\n";

    [Fact]
    public void A_scenario_uses_a_profile_in_place_of_address_app_and_key()
    {
        Project(Acme);
        Set("KEY", "sesame");

        var scenario = Load("{ use: acme, name: transport }").Scenario!;

        Assert.Equal("https://acme.aimms.cloud/", scenario.Address!.ToString());
        Assert.Equal(ServiceHost.Cloud, scenario.Host);
        Assert.Equal("sesame", scenario.ApiKey!.Reveal());
        Assert.Equal("Transport 1.40", scenario.App);
        Assert.Equal(new TaskTarget("transport", "Transport", "1.40"), scenario.Runs()[0].Request!.Target);
    }

    [Fact]
    public void A_run_has_the_key_that_it_has_without_the_profile()
    {
        Project(Acme);
        Set("KEY", "sesame");

        var used = Load("{ use: acme, name: transport }").Scenario!;
        var written = Load(
            "{ url: \"https://ACME.aimms.cloud/\", app: Transport, version: \"1.40\", name: transport, apiKey: \"${{ env.KEY }}\" }"
        ).Scenario!;

        Assert.Equal(written.Runs()[0].Key, used.Runs()[0].Key);
    }

    [Fact]
    public void The_project_wins_over_the_user()
    {
        var project = Project("acme: { url: http://project:1 }\n");
        User("acme: { url: http://user:1 }\nmine: { url: http://user:2 }\n");

        var acme = Load("{ use: acme, name: t }").Scenario!;
        var mine = Load("{ use: mine, name: t }").Scenario!;

        Assert.Equal(("http://project:1/", $"acme of {project}"), (acme.Address!.ToString(), acme.Profile));
        Assert.Equal("http://user:2/", mine.Address!.ToString());
    }

    [Fact]
    public void A_scenario_may_name_another_app()
    {
        Project(Acme);
        Set("KEY", "sesame");

        var target = Load("{ use: acme, app: Other, name: t }").Scenario!.Runs()[0].Request!.Target;

        // The version is that of the profile's app.
        Assert.Equal(new TaskTarget("t", "Other"), target);
    }

    [Theory]
    [InlineData("{ use: acne, name: t }", "there is no profile \"acne\"; did you mean \"acme\"?")]
    [InlineData("{ use: zzz, name: t }", "there is no profile \"zzz\"; there are acme")]
    [InlineData("{ use: acme, name: t, url: http://x:1 }", "service.url: the profile that service.use names has it")]
    public void What_does_not_fit_is_one_line(string service, string expected)
    {
        Project("acme: { url: http://project:1 }\n");

        Assert.Contains(expected, Problem(Load(service)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_profile_the_line_says_where_to_write_one()
    {
        var problem = Problem(Load("{ use: acme, name: t }"));

        Assert.Contains("write it into project/services.yaml or services.yaml or configuration", problem);
    }

    [Theory]
    [InlineData("acme: { url: ftp://x }", "services.yaml:1:14: acme.url: \"ftp://x\" is not an address")]
    [InlineData("acme: { ulr: emulator }", "acme.ulr is not a key of a profile; did you mean \"url\"?")]
    [InlineData("acme: { url: emulator, limits: { concurrency: many } }", "acme.limits.concurrency: \"many\" is not a")]
    [InlineData("services: { acme: { url: emulator } }", "leave out services: and move them to the left")]
    [InlineData("- acme", "this is a list where profiles are expected")]
    [InlineData("acme:", "acme: a profile is a mapping")]
    public void An_error_in_the_file_has_its_place_there(string yaml, string expected)
    {
        Project(yaml);

        var problems = string.Join('\n', Load("{ use: acme, name: t }").Diagnostics);

        Assert.Contains(expected, problems, StringComparison.Ordinal);
        Assert.Contains("services.yaml:1:", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_another_profile_does_not_matter_to_the_scenario()
    {
        Project("broken: { ulr: x }\nacme: { url: http://project:1 }\n");

        Assert.True(Load("{ use: acme, name: t }").IsSound);
        var (profiles, diagnostics) = new ServiceProfiles(
            [Path.Combine(Folder.Path, "project/services.yaml")],
            Variable
        ).All();
        Assert.Equal("acme", Assert.Single(profiles).Name);
        Assert.NotEmpty(diagnostics);
    }

    [Theory]
    [InlineData("listen: x\nservices: { acme: { url: http://x:1 } }", 1, 0)]
    [InlineData("listen: x", 0, 0)]
    [InlineData("services: [acme]", 0, 1)]
    [InlineData("services: { acme: { ulr: x } }", 0, 2)]
    public void A_servers_configuration_has_them_in_a_section(string yaml, int count, int errors)
    {
        var file = Folder.Write("server.yaml", yaml);

        var (profiles, diagnostics) = new ServiceProfiles([file], Variable) { Section = "services" }.All();

        Assert.Equal((count, errors), (profiles.Count, diagnostics.Count));
    }

    [Theory]
    [InlineData("apiKey: hunter2hunter2")]
    [InlineData("apiKey: { command: \"pass show hunter2\" }")]
    [InlineData("apiKey: \"x${{ env.KEY }}hunter2\"")]
    [InlineData("apiKey: [hunter2]")]
    [InlineData("apiKey: { file: a, command: [hunter2] }")]
    public void A_key_in_the_file_is_refused_and_not_repeated(string key)
    {
        Project($"acme: {{ url: \"https://acme.aimms.cloud\", app: T, {key} }}");

        var problem = Problem(Load("{ use: acme, name: t }"));

        Assert.StartsWith("project/services.yaml:1:", problem.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Ceilings_hold_where_the_scenario_says_nothing()
    {
        Project(
            "acme: { url: http://x:1, limits: { concurrency: 4, submits: 30/min, requests: 5/s, answer: 1MB, unconfirmed: 1 } }"
        );

        var limits = Load("{ use: acme, name: t }").Scenario!.Plan.Limits;
        var found = Load("{ use: acme, name: t }", "limits: { concurrency: auto }").Scenario!.Plan.Limits;

        Assert.Equal((4, 1, 1L << 20), (limits.MaxUnfinishedTasks, limits.MaxUnconfirmedSubmits, limits.LargestAnswer));
        Assert.Equal((30, 5), (limits.Submits!.Count, limits.Requests!.Count));
        Assert.Equal((4, true), (found.MaxUnfinishedTasks, found.FindsConcurrency));
    }

    [Theory]
    [InlineData("concurrency: 32", "limits.concurrency: 32 exceeds the 4 that the profile acme of")]
    [InlineData("concurrency: { auto: { most: 9 } }", "limits.concurrency: 9 exceeds the 4")]
    [InlineData("submits: 100/h", "limits.submits: 100/h exceeds the 30/min")]
    [InlineData("requests: 6/s", "limits.requests: 6/s exceeds the 5/s")]
    [InlineData("answer: 2MB", "limits.answer: 2MB exceeds the 1MB")]
    [InlineData("unconfirmed: 3", "limits.unconfirmed: 3 exceeds the 2")]
    public void A_scenario_that_asks_for_more_is_refused(string limit, string expected)
    {
        Project(
            "acme: { url: http://x:1, limits: { concurrency: 4, submits: 30/min, requests: 5/s, answer: 1MB, unconfirmed: 2 } }"
        );

        var problem = Problem(Load("{ use: acme, name: t }", $"limits: {{ {limit} }}"));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.StartsWith("project/scenario.yaml:3:", problem.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_may_ask_for_less()
    {
        Project("acme: { url: http://x:1, limits: { concurrency: 4, submits: 30/min } }");

        var limits = Load(
            "{ use: acme, name: t }",
            "limits: { concurrency: 2, submits: 10/min }"
        ).Scenario!.Plan.Limits;

        Assert.Equal((2, 10), (limits.MaxUnfinishedTasks, limits.Submits!.Count));
    }
}
