using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ReportGiven = AimmsOrchestrator.Tests.Reports.Given;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>Notifications of a batch that was left, over real HTTP and with real commands.</summary>
public sealed class NotifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-notify-").FullName;

    [Fact]
    public async Task An_address_gets_json_and_is_tried_again_where_that_may_help()
    {
        var bodies = new ConcurrentQueue<string>();
        await using var server = await ServeAsync(bodies, firstStatus: 503);

        var failures = await NotifyAsync(new Notification { Post = server.Urls.First() + "/secret" });

        Assert.Empty(failures);
        Assert.Equal(2, bodies.Count);
        var json = JsonDocument.Parse(bodies.Last()).RootElement;
        Assert.Equal("a-1: 9 completed, 1 failed", json.GetProperty("text").GetString());
        Assert.Equal("failed", json.GetProperty("cause").GetString());
        Assert.Equal(1, json.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData(
        NotificationForm.Slack,
        "$.blocks[0].text.text",
        "❌ *a-1: 9 completed, 1 failed*\ncost &lt; 5 &amp; *rises*\nReport: `/tmp/a_1.html`"
    )]
    [InlineData(NotificationForm.Teams, "$.attachments[0].content.body[0].text", "❌ a-1: 9 completed, 1 failed")]
    [InlineData(NotificationForm.Teams, "$.attachments[0].content.body[1].text", "cost < 5 & \\*rises\\*")]
    [InlineData(NotificationForm.Teams, "$.attachments[0].content.body[2].text", "Report: /tmp/a\\_1.html")]
    public void A_chat_service_gets_a_message_with_the_first_finding_and_the_report(
        NotificationForm form,
        string path,
        string text
    )
    {
        var news = Given() with { Finding = "cost < 5 & *rises*", Report = "/tmp/a_1.html" };

        var node = JsonNode.Parse(news.ToJson(form))!;
        foreach (var step in path.Split('.', '[', ']').Skip(1).Where(step => step.Length > 0))
        {
            node = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[step]!;
        }

        Assert.Equal(text, node.GetValue<string>());
    }

    [Fact]
    public void Without_a_file_the_message_says_how_to_get_the_report()
    {
        Assert.Contains(
            "aimms-batch report a-1 --open",
            Encoding.UTF8.GetString(Given().ToJson(NotificationForm.Teams)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refusal_is_reported_without_the_address()
    {
        await using var server = await ServeAsync(new ConcurrentQueue<string>(), firstStatus: 403);

        var failures = await NotifyAsync(
            new Notification { Post = server.Urls.First() + "/secret" },
            new Notification { Post = "secret" },
            new Notification { Run = ["/no/such/secret", "x"] }
        );

        Assert.Equal(
            [
                "notify[0]: the address answered 403",
                "notify[1]: the environment's value is not an address",
                "notify[2]: the command cannot be run",
            ],
            failures
        );
    }

    [Fact]
    public async Task A_command_gets_the_notification_on_its_input_and_in_variables()
    {
        var file = Path.Combine(_folder, "news");

        var failures = await NotifyAsync(
            new Notification { Run = [$"cat > '{file}'; echo \"$AIMMS_BATCH_TEXT\" > '{file}.text'"] },
            new Notification { Run = ["sh", "-c", "exit 3"] }
        );

        Assert.Equal(["notify[1]: the command ended with 3"], failures);
        Assert.Equal(
            "a-1",
            JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("batch").GetString()
        );
        Assert.Equal("a-1: 9 completed, 1 failed\n", await File.ReadAllTextAsync(file + ".text"));
    }

    [Fact]
    public async Task A_command_that_hangs_is_ended()
    {
        var file = Path.Combine(_folder, "process");
        Notification[] notifications = [new() { Run = ["sh", "-c", $"echo $$ > '{file}'; exec sleep 3600"] }];
        IReadOnlyList<string> failures = [];

        // On a busy machine the time may be up before the command has begun: then once more, with more of it.
        for (var timeout = TimeSpan.FromSeconds(1); !HasNumber(file); timeout *= 2)
        {
            failures = await NotifyAsync(timeout, notifications);
        }

        Assert.StartsWith("notify[0]: did not finish within ", Assert.Single(failures), StringComparison.Ordinal);
        await EndOfAsync(Number(file));
    }

    [Fact]
    public async Task What_a_command_leaves_running_is_not_waited_for()
    {
        var (one, other) = (Path.Combine(_folder, "one"), Path.Combine(_folder, "other"));
        Assert.Empty(await NotifyAsync(new Notification { Run = [$"sleep 3600 & echo $! > '{one}'"] }));
        Assert.Empty(await NotifyAsync(new Notification { Run = ["sh", "-c", $"sleep 3600 & echo $! > '{other}'"] }));

        foreach (var file in new[] { one, other })
        {
            using var left = Process.GetProcessById(Number(file));
            left.Kill();
        }
    }

    [Fact]
    public async Task A_redirection_and_an_empty_command_are_failures()
    {
        var bodies = new ConcurrentQueue<string>();
        await using var server = await ServeAsync(bodies, firstStatus: 301);

        var failures = await NotifyAsync(
            new Notification { Post = server.Urls.First() },
            new Notification { Run = ["", "x"] }
        );

        Assert.Equal(["notify[0]: the address answered 301", "notify[1]: the command is empty"], failures);
        Assert.Single(bodies);
    }

    [Fact]
    public async Task A_recipient_gets_only_the_causes_that_it_wants()
    {
        var file = Path.Combine(_folder, "news");
        var onStop = new HashSet<BatchConclusion> { BatchConclusion.Stopped };

        await NotifyAsync(new Notification { Run = [$"touch '{file}'"], On = onStop });

        Assert.False(File.Exists(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool HasNumber(string file) => new FileInfo(file) is { Exists: true, Length: > 0 };

    private static async Task EndOfAsync(int process)
    {
        try
        {
            using var ending = Process.GetProcessById(process);
            await ending.WaitForExitAsync().WaitAsync(Waiting.Patience);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private static int Number(string file) => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);

    private static Task<IReadOnlyList<string>> NotifyAsync(params Notification[] notifications) =>
        NotifyAsync(TimeSpan.FromMinutes(2), notifications);

    private static Task<IReadOnlyList<string>> NotifyAsync(TimeSpan timeout, Notification[] notifications)
    {
        return new Notifier(TimeProvider.System, timeout).NotifyAsync(notifications, Given());
    }

    private static BatchNotification Given()
    {
        var tally = new BatchTally { Completed = 9, Failed = 1 };
        var outcome = new BatchOutcome(BatchEnd.AllRunsEnded, Reason: null, tally);
        var result = new BatchResult(ReportGiven.Batch([], []), outcome, ExpectationCheck.None);
        return new BatchNotification(result);
    }

    private static async Task<WebApplication> ServeAsync(ConcurrentQueue<string> bodies, int firstStatus)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue(await reader.ReadToEndAsync());
            context.Response.Headers.Location = "/elsewhere";
            context.Response.StatusCode = bodies.Count == 1 ? firstStatus : StatusCodes.Status200OK;
        });
        await application.StartAsync();
        return application;
    }
}
