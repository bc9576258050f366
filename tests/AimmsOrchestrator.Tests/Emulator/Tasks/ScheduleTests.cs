using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Emulator.Tasks;

/// <summary>Submits that want their task to start later.</summary>
public sealed class ScheduleTests : EmulatorTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The forms of the cloud's documentation; UTC without a zone; a plus sign that was not escaped arrives as a blank.</summary>
    [Theory]
    [InlineData("scheduleFor", "2026-03-01 14:30", "2026-03-01T14:30:00Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30:15", "2026-03-01T14:30:15Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30:15.5", "2026-03-01T14:30:15.5Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30 +01:00", "2026-03-01T13:30:00Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30:15+01:00", "2026-03-01T13:30:15Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30  01:00", "2026-03-01T13:30:00Z")]
    [InlineData("scheduleFor", "2026-03-01 14:30 -02:30", "2026-03-01T17:00:00Z")]
    [InlineData("scheduleIn", "PT5M", "2026-03-01T12:05:00Z")]
    [InlineData("scheduleIn", "P1DT2H3M4S", "2026-03-02T14:03:04Z")]
    [InlineData("scheduleIn", "1 day", "2026-03-02T12:00:00Z")]
    [InlineData("scheduleIn", "2 weeks", "2026-03-15T12:00:00Z")]
    [InlineData("scheduleIn", "90 Seconds", "2026-03-01T12:01:30Z")]
    public void A_schedule_is_read_as_the_clouds_documentation_has_it(string name, string text, string moment)
    {
        var query = new QueryCollection(
            new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { [name] = text }
        );

        var schedule = Schedule.Of(query, new Dialect(IsCloud: true, IsV1: false, IsPretty: false), Now);

        Assert.Null(schedule.Problem);
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), schedule.At);
    }

    [Fact]
    public async Task A_scheduled_task_is_queued_until_its_moment_and_lets_others_pass()
    {
        var time = new FakeTimeProvider(Now);
        await using var service = await TaskServiceEmulator.StartAsync(new EmulatorOptions(), time);
        var later = JsonDocument
            .Parse(
                await SendAsync(
                    service,
                    HttpMethod.Post,
                    "pro-api/v2/tasks/App/1.0/echo?scheduleFor=2026-03-01%2013:00",
                    "x",
                    key: "k"
                )
            )
            .RootElement;
        var id = later.GetProperty("id").GetString()!;
        Assert.Equal("2026-03-01 13:00:00.000000", later.GetProperty("scheduleFor").GetString());

        await EndOfAsync(service, await SubmitAsync(service, "api/v2/tasks/echo", "y"));
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("queued", await StateAsync(service, id));

        time.Advance(TimeSpan.FromMinutes(1));
        var ended = await EndOfAsync(service, id);
        Assert.Equal("completed", ended.GetProperty("state").GetString());
        Assert.Equal(3600, ended.GetProperty("queueTime").GetDouble());
    }

    [Fact]
    public async Task A_scheduled_task_that_was_deleted_never_starts()
    {
        var time = new FakeTimeProvider(Now);
        await using var service = await TaskServiceEmulator.StartAsync(new EmulatorOptions(), time);
        var submitted = await SendAsync(
            service,
            HttpMethod.Post,
            "pro-api/v2/tasks/App/1.0/echo?scheduleIn=PT1H",
            "x",
            key: "k"
        );
        await SendAsync(service, HttpMethod.Delete, $"api/v2/tasks/{Id(submitted)}");

        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("[]", await SendAsync(service, HttpMethod.Get, "api/v2/tasks"));
        await EndOfAsync(service, await SubmitAsync(service, "api/v2/tasks/echo", "y"));
    }

    /// <summary>The tasks of a series share an id; without an index the latest is meant, which is planned and waits.</summary>
    [Fact]
    public async Task A_task_with_an_interval_repeats_until_its_last_one_is_deleted()
    {
        var time = new FakeTimeProvider(Now);
        await using var service = await TaskServiceEmulator.StartAsync(new EmulatorOptions(), time);
        var path = "pro-api/v2/tasks/App/1.0/echo?scheduleFor=2026-03-01%2013:00&scheduleInterval=1%20day";
        var first = Json(await SendAsync(service, HttpMethod.Post, path, "x", key: "k"));
        var id = first.GetProperty("id").GetString()!;
        Assert.Equal(0, first.GetProperty("groupIndex").GetInt32());
        Assert.Equal("1 day", first.GetProperty("scheduleInterval").GetString());

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("completed", await EndOfSeriesTaskAsync(service, id, 0));
        var next = await TaskAsync(service, id);
        Assert.Equal(
            ("queued", 1, "2026-03-02 13:00:00.000000"),
            (
                next.GetProperty("state").GetString(),
                next.GetProperty("groupIndex").GetInt32(),
                next.GetProperty("scheduleFor").GetString()
            )
        );

        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("completed", await EndOfSeriesTaskAsync(service, id, 1));
        Assert.Equal("x", await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}/response?groupIndex=1"));
        await SendAsync(service, HttpMethod.Delete, $"api/v2/tasks/{id}");
        time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(2, Json(await SendAsync(service, HttpMethod.Get, "api/v2/tasks")).GetArrayLength());
        Assert.Equal(1, (await TaskAsync(service, id)).GetProperty("groupIndex").GetInt32());
    }

    private async Task<string?> EndOfSeriesTaskAsync(TaskServiceEmulator service, string id, int index)
    {
        while (true)
        {
            var task = await TaskAsync(service, id, $"?groupIndex={index}");
            if (task.GetProperty("state").GetString() is "completed" or "failed")
            {
                return task.GetProperty("state").GetString();
            }

            await Task.Yield();
        }
    }

    private async Task<JsonElement> TaskAsync(TaskServiceEmulator service, string id, string query = "") =>
        Json(await SendAsync(service, HttpMethod.Get, $"pro-api/v2/tasks/{id}{query}", key: "k"));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
