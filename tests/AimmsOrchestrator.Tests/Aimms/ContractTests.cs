using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Aimms;

/// <summary>The client against the emulator over real HTTP: both hosts, both versions, the same answers.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private static readonly TaskTarget Transport = new("transport", "Plant Plan", "1.4");
    private TaskServiceEmulator _emulator = null!;

    public static TheoryData<ServiceHost, ApiVersion> Dialects =>
        new()
        {
            { ServiceHost.Localhost, ApiVersion.V1 },
            { ServiceHost.Localhost, ApiVersion.V2 },
            { ServiceHost.Cloud, ApiVersion.V1 },
            { ServiceHost.Cloud, ApiVersion.V2 },
        };

    public async Task InitializeAsync() =>
        _emulator = await TaskServiceEmulator.StartAsync(
            new EmulatorOptions { Parallel = 4, ApiKey = "k3y" },
            TimeProvider.System
        );

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_task_goes_from_its_submit_to_its_response(ServiceHost host, ApiVersion api)
    {
        using var client = Client(host, api);
        var before = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes("""{"lines": ["**", "*"]}""");
        var id = Value(
            await client.SubmitAsync(
                new TaskRequest(Transport with { Service = "countStarsJson" }, body, "application/json"),
                default
            )
        );

        var task = await EndOfAsync(client, id);
        Assert.Equal(TaskState.Completed, task.State);
        Assert.Equal("countStarsJson", task.ServiceName);
        Assert.Equal(1, task.ReturnCode);
        Assert.NotNull(task.RunTime);

        // Some dialects have whole seconds.
        Assert.InRange(task.CreatedAt!.Value, before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, task.CreatedAt.Value.Offset);

        var response = Value(await client.GetResponseAsync(id, default));
        Assert.Equal("""{"count":3}""", Encoding.UTF8.GetString(response.Body.Span));
        Assert.Equal("application/json", response.MediaType);

        var page = Value(
            await client.ListAsync(
                new TaskFilter { App = host == ServiceHost.Cloud ? "Plant Plan" : null, Limit = 5 },
                default
            )
        );
        Assert.Equal(1, page.Total);
        Assert.Equal(id, Assert.Single(page.Tasks).Id);

        Value(await client.DeleteAsync(id, default));
        Assert.Equal(FaultKind.Unknown, (await client.GetStateAsync(id, default)).Fault?.Kind);
    }

    [Fact]
    public async Task An_unknown_service_is_refused_on_localhost_and_fails_on_the_cloud()
    {
        var request = new TaskRequest(Transport with { Service = "transportt" }, default, MediaType: null);
        using var local = Client(ServiceHost.Localhost, ApiVersion.V2);
        var refused = (await local.SubmitAsync(request, default)).Fault!;
        Assert.Equal(FaultKind.Refused, refused.Kind);
        Assert.Contains("transportt", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.MayHaveArrived);

        using var cloud = Client(ServiceHost.Cloud, ApiVersion.V2);
        Assert.Equal(
            TaskState.Failed,
            (await EndOfAsync(cloud, Value(await cloud.SubmitAsync(request, default)))).State
        );
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_not_shown()
    {
        var endpoint = new ServiceEndpoint(_emulator.Address, ServiceHost.Cloud) { Key = new ApiKey("wr0ng-secret") };
        using var client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), TimeProvider.System);
        var fault = (await client.ListAsync(new TaskFilter(), default)).Fault!;

        Assert.Equal(FaultKind.Refused, fault.Kind);
        Assert.Contains("401 Unauthorized: 401 Authorization Required", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_solver_shows_its_incumbent_while_it_solves_and_returns_it_when_interrupted()
    {
        using var client = Client(ServiceHost.Localhost, ApiVersion.V2);
        var big = Encoding.UTF8.GetBytes("""{"seed": 5, "customers": 200, "facilities": 40}""");
        var id = Value(
            await client.SubmitAsync(
                new TaskRequest(new TaskTarget("facility-location"), big, "application/json"),
                default
            )
        );
        using var http = new HttpClient();
        var status = "";
        while (!status.Contains("\"gap\":0", StringComparison.Ordinal))
        {
            Assert.False(Value(await client.GetStateAsync(id, default)).State.IsEnded());
            using var reply = await http.GetAsync(new Uri(_emulator.Address, $"api/v2/tasks/{id.Value}/status"));
            status = reply.IsSuccessStatusCode ? await reply.Content.ReadAsStringAsync() : "";
        }

        Assert.Equal(0, Math.Round(Value(await client.GetSolveStatusAsync(id, default)).Gap ?? 1));
        Assert.Equal(TaskState.Solving, Value(await client.GetStateAsync(id, default)).State);
        Value(await client.InterruptAsync(id, Interrupt.Solve, default));
        Assert.Equal(TaskState.Completed, (await EndOfAsync(client, id)).State);
        var response = Encoding.UTF8.GetString(Value(await client.GetResponseAsync(id, default)).Body.Span);
        Assert.StartsWith("""{"status":"feasible","objective":""", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiVersion.V1)]
    [InlineData(ApiVersion.V2)]
    public async Task The_cloud_has_the_log_of_a_task_and_localhost_has_none(ApiVersion api)
    {
        using var cloud = Client(ServiceHost.Cloud, api);
        using var local = Client(ServiceHost.Localhost, api);
        var body = Encoding.UTF8.GetBytes("""{"lines": 3}""");
        var request = new TaskRequest(Transport with { Service = "countStarsJson" }, body, "application/json");
        var id = Value(await cloud.SubmitAsync(request, default));
        await EndOfAsync(cloud, id);

        var lines = Value(await cloud.GetLogAsync(id, default)).TrimEnd().Split('\n');

        Assert.Matches(@"^1 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} session assigned", lines[0]);
        Assert.Matches("error: .*lines", lines[^1]);
        Assert.Equal(FaultKind.Unknown, (await cloud.GetLogAsync(new TaskId("no-such"), default)).Fault?.Kind);
        Assert.Equal(FaultKind.Unknown, (await local.GetLogAsync(id, default)).Fault?.Kind);
    }

    private TaskServiceClient Client(ServiceHost host, ApiVersion api) =>
        new(
            new ServiceEndpoint(_emulator.Address, host)
            {
                Api = api,
                Key = host == ServiceHost.Cloud ? new ApiKey("k3y") : null,
            },
            new TaskServiceClientOptions(),
            TimeProvider.System
        );

    private static async Task<TaskSnapshot> EndOfAsync(TaskServiceClient client, TaskId id)
    {
        while (true)
        {
            var task = Value(await client.GetStateAsync(id, default));
            if (task.State.IsEnded())
            {
                return task;
            }

            await Task.Yield();
        }
    }

    private static T Value<T>(Reply<T> reply)
        where T : notnull => reply.IsSuccess ? reply.Value : throw new InvalidOperationException(reply.Fault.Message);
}
