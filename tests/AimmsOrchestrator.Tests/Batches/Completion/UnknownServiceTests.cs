using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Tests.Batches;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>A batch whose service is misspelt.</summary>
public sealed class UnknownServiceTests : IAsyncLifetime, IDisposable
{
    private const string Refused = "POST http://localhost:1/api/v2/tasks/ehco: 403 Forbidden: no such service";
    private readonly TestRoom _room = new();

    public async Task InitializeAsync() =>
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(url: "http://elsewhere:1"), TestRoom.Run));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task A_refused_name_is_near_to_one_that_has_answered_before()
    {
        await RunEchoAsync();

        Assert.Contains(
            "did you mean \"echo\"? Change service.name in",
            Line("ehco", BatchEnd.ServiceRefused, Refused)
        );
    }

    [Fact]
    public void A_refused_name_is_near_to_one_that_the_service_names()
    {
        var reason = $"{Refused}; there are transport, echo";

        Assert.Contains("did you mean \"echo\"?", Line("ehco", BatchEnd.ServiceRefused, reason));
    }

    [Fact]
    public void A_refused_name_without_a_near_one_is_said_too() =>
        Assert.StartsWith("the service knows no \"other\": ", Line("other", BatchEnd.ServiceRefused, Refused));

    [Fact]
    public async Task A_name_at_which_every_run_failed_is_near_to_one_that_has_answered()
    {
        await RunEchoAsync();

        Assert.Contains("runs of \"echo\" have", Line("ehco", BatchEnd.AllRunsEnded, reason: null, failed: 3));
        Assert.Null(Line("other", BatchEnd.AllRunsEnded, reason: null, failed: 3));
    }

    [Fact]
    public async Task A_name_that_has_answered_before_is_not_to_blame()
    {
        await RunEchoAsync();

        Assert.Null(Line("echo", BatchEnd.ServiceRefused, Refused));
    }

    [Theory]
    [InlineData("POST https://a.aimms.cloud/pro-api/v2/tasks/app/1/echo: 403 Forbidden")]
    [InlineData("GET http://localhost:1/api/v2/tasks/7: 403 Forbidden")]
    [InlineData("POST http://localhost:1/api/v2/tasks/echo: 401 Unauthorized")]
    public void Any_other_refusal_says_nothing_about_the_name(string reason) =>
        Assert.Null(Line("echo", BatchEnd.ServiceRefused, reason));

    private Task RunEchoAsync() => _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

    private string? Line(string name, BatchEnd end, string? reason, long failed = 0)
    {
        using var reader = _room.Workspace.OpenReader();
        var batch = Reports.Given.Batch([], []) with { ServiceName = name, ServiceAddress = "http://localhost:1/" };
        var outcome = new BatchOutcome(end, reason, new BatchTally { Failed = failed });
        return UnknownService.Line(new BatchResult(batch, outcome, ExpectationCheck.None), reader);
    }
}
