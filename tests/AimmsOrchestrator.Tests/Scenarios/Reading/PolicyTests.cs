using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>Retries, time limits, stops and cleanup of a scenario.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData("http === 503", true)]
    [InlineData("http >= 500 && attempt < 2", false)]
    [InlineData("error.includes('licence')", true)]
    [InlineData("task.state === 'failed'", false)]
    [InlineData("task?.state === 'failed' || http === 503", true)]
    [InlineData("no.such.thing", false)]
    public void Retry_if_decides_over_http_task_error_and_attempt(string condition, bool holds)
    {
        var scenario = condition.StartsWith("no.", StringComparison.Ordinal)
            ? Given.Sketch("retry: { if: task.no.such.thing }")
            : Given.Sketch($"retry: {{ if: \"{condition}\" }}");

        var attempt = new FailedAttempt(2, "503: no licence") { HttpStatus = 503 };
        Assert.Equal(holds, scenario.Plan.Retry.Condition!.Decide(attempt).IsRetried);
    }

    [Fact]
    public void A_retry_if_that_fails_says_where_and_why_and_tries_nothing_again()
    {
        var scenario = Given.Sketch("retry: { if: task.no.such.thing }");

        var decision = scenario.Plan.Retry.Decide(new FailedAttempt(1, "no licence"), isRetriedByDefault: true);

        Assert.False(decision.IsRetried);
        Assert.Matches(
            @"^no licence; not tried again, since \S+:\d+:\d+: retry\.if: task\.no\.such\.thing: .*null",
            decision.Explain("no licence")
        );
    }

    [Fact]
    public void Retry_if_sees_the_same_task_as_results()
    {
        var scenario = Given.Sketch("retry: { if: task.returnCode === 0 && task.errorMessage === error }");
        var task = new TaskSnapshot(new TaskId("7"), TaskState.Failed) { ReturnCode = 0, ErrorMessage = "no licence" };

        Assert.True(
            scenario.Plan.Retry.Condition!.Decide(new FailedAttempt(1, "no licence") { Task = task }).IsRetried
        );
    }

    [Theory]
    [InlineData("""{"code":"NO_LICENCE"}""", true)]
    [InlineData("""{"code":"INFEASIBLE"}""", false)]
    [InlineData("<html>", false)]
    [InlineData(null, false)]
    public void Retry_if_sees_what_a_failed_task_wrote(string? document, bool holds)
    {
        var scenario = Given.Sketch("retry: { if: response?.code === 'NO_LICENCE' }");
        var response = document is null ? null : new TaskResponse(System.Text.Encoding.UTF8.GetBytes(document), null);

        Assert.Equal(
            holds,
            scenario.Plan.Retry.Condition!.Decide(new FailedAttempt(1, "it failed") { Response = response }).IsRetried
        );
    }

    [Fact]
    public void Stop_when_sees_the_results_so_far_in_their_order()
    {
        var rule = Given
            .Sketch("stop: { when: \"results.length > 1 && results.at(-1).cost < results[0].cost && failed === 1\" }")
            .Plan.StopWhen!();

        Assert.Null(rule.Ended(Cost(5)));
        Assert.Null(rule.Ended(null));
        Assert.Null(rule.Ended(Cost(7)));
        Assert.StartsWith("stop.when holds: results.length", rule.Ended(Cost(3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_when_that_fails_stops_nothing_and_says_where_and_why()
    {
        var rule = Given.Sketch("stop: { when: \"results[1].cost < 4\" }").Plan.StopWhen!();

        Assert.Null(rule.Ended(Cost(5)));
        var first = rule.Failure;
        Assert.Matches(@"^\S+:\d+:\d+: stop\.when: results\[1\]\.cost < 4: .*undefined.* \(runs ended: 1\)", first);
        Assert.NotNull(rule.Ended(Cost(3)));
        Assert.Equal(first, rule.Failure);
    }

    [Fact]
    public void Stop_when_is_not_evaluated_after_each_run_of_a_large_batch()
    {
        var rule = Given.Sketch("stop: { when: completed >= 5000 }").Plan.StopWhen!();
        var asked = Enumerable.Range(1, 10_000).First(_ => rule.Ended(Cost(1)) is not null);

        Assert.InRange(asked, 5000, 5050);
    }

    [Fact]
    public void Limits_on_time_are_durations_or_medians()
    {
        var limits = Given.Sketch("timeouts: { queue: 2h, solve: 10m, run: 2.5x median, grace: 5s }").Plan.TimeLimits;

        Assert.Equal(TimeSpan.FromHours(2), limits.Queue!.At(median: null));
        Assert.Equal(TimeSpan.FromMinutes(10), limits.Solve!.At(TimeSpan.FromSeconds(1)));
        Assert.Null(limits.Run!.At(median: null));
        Assert.Equal(TimeSpan.FromSeconds(5), limits.Run.At(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(5), limits.Grace);
    }

    [Theory]
    [InlineData("06:00 Europe/Amsterdam", "2026-11-25T05:00:00Z")]
    [InlineData("06:00 +05:30", "2026-11-25T00:30:00Z")]
    [InlineData("6:00 UTC", "2026-11-25T06:00:00Z")]
    [InlineData("18:30:15 Z", "2026-11-24T18:30:15Z")]
    public void Stop_at_is_a_time_of_day_in_a_zone(string written, string end)
    {
        var stop = Given.Sketch($"stop: {{ at: \"{written}\", lead: 3m }}").Plan.StopAt!;

        Assert.Equal(TimeSpan.FromMinutes(3), stop.Lead);
        Assert.Equal(
            DateTimeOffset.Parse(end, null),
            stop.After(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero)).End
        );
    }

    [Fact]
    public void Lost_answers_and_finished_tasks_are_treated_as_the_scenario_says()
    {
        var plan = Given.Sketch("retry: { settle: 5s, ambiguous: send }\ncleanup: delete").Plan;

        Assert.Equal(
            (TimeSpan.FromSeconds(5), true),
            (plan.Retry.Settlement.Settle, plan.Retry.Settlement.SendsAmbiguous)
        );
        Assert.True(plan.DeletesTasks);
        Assert.False(Given.Sketch("").Plan.DeletesTasks);
    }

    private static RunResults Cost(int cost) => new($$"""{"cost":{{cost}}}""", Notes: null, IsSuccess: true);

    [Theory]
    [InlineData("64MB", 67_108_864)]
    [InlineData("1GB", 1_073_741_824)]
    [InlineData("1.5 MB", 1_572_864)]
    [InlineData("2kB", 2048)]
    public void The_largest_answer_is_a_size(string written, long bytes) =>
        Assert.Equal(bytes, Given.Sketch($"limits: {{ answer: {written} }}").Plan.Limits.LargestAnswer);

    [Theory]
    [InlineData("0MB")]
    [InlineData("2GB")]
    [InlineData("64")]
    [InlineData("64mb")]
    [InlineData("99999999999999999999999999999999GB")]
    public void Any_other_text_is_no_size(string written)
    {
        var yaml = $"name: t\nservice: {{ url: emulator, name: echo }}\nlimits: {{ answer: {written} }}";

        Assert.EndsWith(
            "is not a size from 1kB to 1GB; write 64MB or 1GB",
            Assert.Single(Given.Diagnostics(yaml)).Message,
            StringComparison.Ordinal
        );
    }
}
