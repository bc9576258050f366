using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Reading.Settings;

namespace AimmsOrchestrator.Tests.Scenarios.Reading;

/// <summary>Limits that are changed while a batch exists.</summary>
public sealed class LimitChangesTests
{
    private static readonly Limits Before = new()
    {
        MaxUnfinishedTasks = 5,
        Submits = new Rate(1, TimeSpan.FromHours(1)),
        LargestAnswer = 77,
    };

    [Fact]
    public void What_is_set_replaces_the_scenarios_limit_and_all_else_stays()
    {
        Assert.Equal(Before with { MaxUnfinishedTasks = 4 }, Changed(("limits.concurrency", " 4 ")));
        Assert.Equal(
            Before with
            {
                MaxUnfinishedTasks = 64,
                FindsConcurrency = true,
            },
            Changed(("limits.concurrency", "{ auto: { most: 64 } }"))
        );
        Assert.Equal(
            Before with
            {
                Submits = new Rate(30, TimeSpan.FromMinutes(1)),
                Requests = new Rate(20, TimeSpan.FromSeconds(1)),
                MaxUnconfirmedSubmits = 3,
            },
            Changed(("limits.submits", "30/min"), ("limits.requests", "20/s"), ("limits.unconfirmed", "3"))
        );
        Assert.Equal(Before with { Submits = null }, Changed(("limits.submits", "none")));
    }

    [Theory]
    [InlineData("limits.concurency", "4", "\"limits.concurency\" cannot be set; did you mean \"limits.concurrency\"?")]
    [InlineData("concurrency", "4", "\"concurrency\" cannot be set; did you mean \"limits.concurrency\"?")]
    [InlineData("limits.answer", "4MB", "\"limits.answer\" cannot be set")]
    [InlineData("priority", "hihg", "priority: \"hihg\" is not one of high, normal, low; did you mean \"high\"?")]
    [InlineData("priorty", "low", "\"priorty\" cannot be set; did you mean \"priority\"?")]
    [InlineData("limits.concurrency", "aut", "did you mean \"auto\"?")]
    [InlineData("limits.concurrency", "", "limits.concurrency: a value is missing behind the =")]
    [InlineData("limits.concurrency", "null", "limits.concurrency: a value is missing behind the =")]
    [InlineData("limits.unconfirmed", "none", "limits.unconfirmed: \"none\" is not a whole number of 1 or more")]
    [InlineData("limits.submits", "30", "limits.submits: \"30\" is not a rate; write 30/min, 20/s or 1000/h")]
    [InlineData("limits.submits", "[", "")]
    public void What_cannot_be_set_is_refused(string name, string value, string message)
    {
        var errors = LimitChanges.Unbounded.Apply(Before, [KeyValuePair.Create(name, value)], "set").Errors;

        Assert.Contains(message, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits.concurrency", "5", "limits.concurrency: 5 exceeds the 4 that the profile acme allows")]
    [InlineData("limits.submits", "31/min", "limits.submits: 31/min exceeds the 30/min that the profile acme allows")]
    [InlineData("limits.submits", "none", "limits.submits: none exceeds the 30/min that the profile acme allows")]
    public void What_exceeds_a_ceiling_is_refused(string name, string value, string message)
    {
        var ceilings = new LimitCeilings { UnfinishedTasks = 4, Submits = new Rate(30, TimeSpan.FromMinutes(1)) };
        var changes = new LimitChanges(ceilings, "acme");

        var errors = changes.Apply(Before, [KeyValuePair.Create(name, value)], "set").Errors;

        Assert.StartsWith(message, Assert.Single(errors).Message, StringComparison.Ordinal);
        Assert.Empty(
            changes.Apply(Before, [new("limits.requests", "9/s"), new("limits.concurrency", "4")], "set").Errors
        );
    }

    [Fact]
    public void Every_error_is_found_at_once()
    {
        KeyValuePair<string, string>[] changes =
        [
            new("limits.submits", "x"),
            new("limits.requests", "x"),
            new("nonsense", "x"),
        ];

        Assert.Equal(3, LimitChanges.Unbounded.Apply(Before, changes, "set").Errors.Count);
    }

    private static Limits Changed(params (string Name, string Value)[] changes)
    {
        var (limits, errors) = LimitChanges.Unbounded.Apply(
            Before,
            changes.Select(change => KeyValuePair.Create(change.Name, change.Value)),
            "set"
        );
        Assert.Empty(errors);
        return limits;
    }
}
