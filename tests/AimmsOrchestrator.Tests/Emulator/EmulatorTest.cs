using System.Net;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator;

/// <summary>A plain HTTP client and the calls that the tests of the emulator share.</summary>
public abstract class EmulatorTest : IDisposable
{
    protected HttpClient Http { get; } = new();

    public void Dispose()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Task<TaskServiceEmulator> StartAsync(EmulatorOptions options) =>
        TaskServiceEmulator.StartAsync(options, TimeProvider.System);

    protected static string Id(string task) => JsonDocument.Parse(task).RootElement.GetProperty("id").GetString()!;

    protected async Task<string> SubmitAsync(TaskServiceEmulator service, string path, string body) =>
        Id(await SendAsync(service, HttpMethod.Post, path, body));

    protected async Task<string?> StateAsync(TaskServiceEmulator service, string id) =>
        JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}"))
            .RootElement.GetProperty("state")
            .GetString();

    protected async Task<JsonElement> EndOfAsync(TaskServiceEmulator service, string id)
    {
        while (true)
        {
            var task = JsonDocument.Parse(await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}")).RootElement;
            if (task.GetProperty("state").GetString() is "completed" or "failed")
            {
                return task;
            }

            await Task.Yield();
        }
    }

    protected async Task<JsonElement> SolveAsync(TaskServiceEmulator service, string name, string body)
    {
        var id = await SubmitAsync(service, $"api/v2/tasks/{name}", body);
        await EndOfAsync(service, id);
        return JsonDocument.Parse(await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}/response")).RootElement;
    }

    protected async Task<string> SendAsync(
        TaskServiceEmulator service,
        HttpMethod method,
        string path,
        string? body = null,
        string? key = null
    )
    {
        using var answer = await SendRawAsync(service, method, path, body, key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    protected Task<HttpResponseMessage> SendRawAsync(
        TaskServiceEmulator service,
        HttpMethod method,
        string path,
        string? body = null,
        string? key = null
    )
    {
        var request = new HttpRequestMessage(method, $"{service.Address}{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("ApiKey", key);
        }

        return Http.SendAsync(request);
    }
}
