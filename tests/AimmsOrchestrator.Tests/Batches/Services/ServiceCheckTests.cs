using System.Net;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Tests.Scenarios.Profiles;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Batches.Services;

/// <summary>Whether a profile's service can be used.</summary>
public sealed class ServiceCheckTests : ProfileTest
{
    private const string Empty = """{ "total_tasks": 0, "current_batch": [] }""";

    private static readonly DateTimeOffset Now = new(2026, 11, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_emulated_account_accepts_its_key_and_no_other()
    {
        await using var emulator = await TaskServiceEmulator.StartAsync(
            new EmulatorOptions { Port = 0, ApiKey = "sesame" },
            TimeProvider.System
        );
        Set("RIGHT", "sesame");
        Set("WRONG", "mellon");
        var url = emulator.Address;

        var right = await CheckAsync(
            $"{{ url: {url}, app: T, apiKey: \"${{{{ env.RIGHT }}}}\" }}",
            TimeProvider.System
        );
        var wrong = await CheckAsync(
            $"{{ url: {url}, app: T, apiKey: \"${{{{ env.WRONG }}}}\" }}",
            TimeProvider.System
        );
        var none = await CheckAsync($"{{ url: {url}, app: T, apiKey: \"${{{{ env.NONE }}}}\" }}", TimeProvider.System);

        Assert.Null(right.Problem);
        Assert.Equal(["key accepted", "list usable (0 tasks)"], right.Findings.Take(2));
        Assert.StartsWith("key refused: GET ", wrong.Problem, StringComparison.Ordinal);
        Assert.Equal("no key: the environment variable NONE is not set", none.Problem);
    }

    [Fact]
    public async Task An_address_that_nothing_listens_at_is_unreachable()
    {
        var check = await CheckAsync("{ url: http://127.0.0.1:1 }", TimeProvider.System);

        Assert.StartsWith("unreachable: ", check.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Transport", "1.4", null, "Transport 1.4 there")]
    [InlineData("Transport", null, null, "Transport (latest) there")]
    [InlineData("Transport", "1.5", "Transport has no version \"1.5\"; did you mean \"1.4\"?", null)]
    [InlineData("Transprot", "1.4", "the account has no app \"Transprot\"; did you mean \"Transport\"?", null)]
    public async Task The_app_and_its_version_are_looked_up(
        string app,
        string? version,
        string? problem,
        string? finding
    )
    {
        const string Apps = """[{ "projectName": "Transport", "projectVersion": "1.4" }, { "projectName": "Other" }]""";

        var check = await CheckAsync(Cloud(app, version), Account(Apps));

        Assert.Equal(problem, check.Problem);
        Assert.Equal(finding, check.Findings.ElementAtOrDefault(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    public async Task A_key_that_may_not_read_the_apps_or_sees_none_is_no_problem(string? apps)
    {
        var check = await CheckAsync(Cloud("Transport", "1.4"), Account(apps));

        Assert.Null(check.Problem);
        Assert.Equal("whether Transport 1.4 is there shows only when a task is submitted", check.Findings[2]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)] // the header has whole seconds
    [InlineData(30, 30)]
    [InlineData(-30, -29)]
    public async Task The_clock_is_compared_with_the_header(int ahead, int expected)
    {
        var check = await CheckAsync(Cloud("T", null), Account("[]", Now.AddSeconds(ahead)));

        Assert.Equal(TimeSpan.FromSeconds(expected), check.ClockAhead);
    }

    [Fact]
    public async Task A_list_that_refuses_moments_is_asked_by_day()
    {
        var asked = new List<string>();
        var check = await CheckAsync(
            Cloud("T", null),
            new Stub(request =>
            {
                asked.Add(request.RequestUri!.Query);
                return asked.Count == 1 ? Answer(HttpStatusCode.BadRequest, "") : Answer(HttpStatusCode.OK, Empty);
            })
        );

        Assert.Null(check.Problem);
        Assert.Equal("?after=2026-11-04", asked[1]);
    }

    private static string Cloud(string app, string? version) =>
        $"{{ url: https://acme.aimms.cloud, app: {app}, apiKey: \"${{{{ env.KEY }}}}\"{(version is null ? "" : $", version: \"{version}\"")} }}";

    private static Stub Account(string? apps, DateTimeOffset? date = null) =>
        new(request =>
        {
            var isApps = request.RequestUri!.AbsolutePath == "/pro-api/v2/applications";
            var answer =
                !isApps ? Answer(HttpStatusCode.OK, Empty)
                : apps is null ? Answer(HttpStatusCode.Forbidden, "")
                : Answer(HttpStatusCode.OK, apps);
            answer.Headers.Date = date;
            return answer;
        });

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body) };

    private Task<CheckedService> CheckAsync(string profile, Stub account)
    {
        Set("KEY", "sesame");
        return CheckAsync(profile, new FakeTimeProvider(Now), account);
    }

    private Task<CheckedService> CheckAsync(string profile, TimeProvider time, Stub? account = null)
    {
        var (profiles, diagnostics) = new ServiceProfiles([Project($"p: {profile}")], Variable).All();
        Assert.Empty(diagnostics);
        return new ServiceCheck(time, Variable, account is null ? null : () => account).CheckAsync(
            Assert.Single(profiles),
            CancellationToken.None
        );
    }

    private sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer(request));
    }
}
