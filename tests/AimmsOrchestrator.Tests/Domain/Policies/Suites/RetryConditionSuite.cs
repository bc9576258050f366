using System.Text;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Policies.Suites;

/// <summary>What a run relies on in a scenario's condition for a retry.</summary>
public abstract class RetryConditionSuite(IRetryCondition condition)
{
    public static TheoryData<string?> Responses => [null, "", "{", "null", """{"error":"busy"}""", "<html>502</html>"];

    [Theory]
    [MemberData(nameof(Responses))]
    public void Whatever_failed_is_decided_and_a_second_time_alike(string? response)
    {
        FailedAttempt[] attempts =
        [
            new(1, "the connection broke"),
            new(2, "") { HttpStatus = 503 },
            new(3, "line\nline") { Task = new TaskSnapshot(new TaskId("7"), TaskState.Failed) },
            new(4, "failed")
            {
                Task = new TaskSnapshot(new TaskId("7"), TaskState.Failed) { ReturnCode = 0 },
                Response = response is null
                    ? null
                    : new TaskResponse(Encoding.UTF8.GetBytes(response), "application/json"),
            },
        ];
        foreach (var attempt in attempts)
        {
            var decision = condition.Decide(attempt);

            Assert.Equal(decision, condition.Decide(attempt));
            Assert.DoesNotContain('\n', decision.Failure ?? "");
            Assert.False(decision is { IsRetried: true, Failure: not null });
        }
    }

    [Fact]
    public void Many_threads_may_ask_at_once()
    {
        var attempt = new FailedAttempt(1, "busy") { HttpStatus = 503 };
        var alone = condition.Decide(attempt);
        var decisions = new RetryDecision[200];

        Parallel.For(0, decisions.Length, i => decisions[i] = condition.Decide(attempt));

        Assert.All(decisions, decision => Assert.Equal(alone, decision));
    }
}
