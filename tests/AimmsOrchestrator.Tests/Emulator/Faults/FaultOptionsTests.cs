using System.Net;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Faults;

/// <summary>Each fault, at a rate of 1.</summary>
public sealed class FaultOptionsTests : EmulatorTest
{
    [Fact]
    public Task Too_many_requests_come_with_retry_after() =>
        WithAsync(
            new FaultOptions { TooManyRequests = 1, RetryAfterSeconds = 9 },
            async service =>
            {
                using var answer = await SendRawAsync(service, HttpMethod.Get, "api/v2/tasks");
                Assert.Equal((429, "9"), ((int)answer.StatusCode, answer.Headers.GetValues("Retry-After").Single()));
            }
        );

    [Fact]
    public Task A_server_error_takes_no_task() =>
        WithAsync(
            new FaultOptions { ServerError = 1 },
            async service =>
            {
                using var answer = await SendRawAsync(service, HttpMethod.Post, "api/v2/tasks/echo", "x");
                Assert.InRange((int)answer.StatusCode, 500, 503);
                Assert.Empty(service.Traffic.Taken);
            }
        );

    [Fact]
    public Task A_submit_cut_before_takes_no_task() =>
        WithAsync(
            new FaultOptions { CutBeforeTaken = 1 },
            async service =>
            {
                await Assert.ThrowsAsync<HttpRequestException>(() =>
                    SendAsync(service, HttpMethod.Post, "api/v2/tasks/echo", "x")
                );
                Assert.Empty(service.Traffic.Taken);
            }
        );

    [Fact]
    public Task A_submit_cut_after_has_taken_the_task() =>
        WithAsync(
            new FaultOptions { CutAfterTaken = 1 },
            async service =>
            {
                await Assert.ThrowsAsync<HttpRequestException>(() =>
                    SendAsync(service, HttpMethod.Post, "api/v2/tasks/echo", "x")
                );
                Assert.Single(service.Traffic.Taken);
            }
        );

    [Fact]
    public Task A_cut_GET_has_no_answer() =>
        WithAsync(
            new FaultOptions { CutGet = 1 },
            async service =>
                await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(service, HttpMethod.Get, "api/v2/tasks"))
        );

    [Fact]
    public Task A_failing_task_fails() =>
        WithAsync(
            new FaultOptions { FailTask = 1 },
            async service =>
            {
                var task = await EndOfAsync(service, await SubmitAsync(service, "api/v2/tasks/echo", "x"));
                Assert.Equal("failed", task.GetProperty("state").GetString());
            }
        );

    [Fact]
    public Task A_stuck_task_stays_queued_and_a_late_list_does_not_show_it() =>
        WithAsync(
            new FaultOptions { StickTask = 1, ListDelaySeconds = 600 },
            async service =>
            {
                var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
                Assert.Equal("queued", await StateAsync(service, id));
                Assert.Equal("[]", await SendAsync(service, HttpMethod.Get, "api/v2/tasks"));
            }
        );

    [Fact]
    public Task A_forgotten_task_is_not_found_the_second_time() =>
        WithAsync(
            new FaultOptions { ForgetTask = 1 },
            async service =>
            {
                var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
                await StateAsync(service, id);
                using var gone = await SendRawAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}");
                Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
            }
        );

    [Fact]
    public Task A_web_page_comes_instead_of_a_state() =>
        WithAsync(
            new FaultOptions { HtmlPage = 1 },
            async service =>
            {
                var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
                Assert.StartsWith(
                    "<html>",
                    await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}"),
                    StringComparison.Ordinal
                );
            }
        );

    [Fact]
    public Task A_redirected_submit_and_a_sign_in_page_take_no_task() =>
        WithAsync(
            new FaultOptions { Redirect = 1 },
            async service =>
            {
                using var handler = new HttpClientHandler { AllowAutoRedirect = false };
                using var http = new HttpClient(handler);
                using var answer = await http.PostAsync(new Uri($"{service.Address}api/v2/tasks/echo"), content: null);
                Assert.Equal((302, "sign-in.example"), ((int)answer.StatusCode, answer.Headers.Location!.Host));
                Assert.Empty(service.Traffic.Taken);
            }
        );

    [Fact]
    public Task A_sign_in_page_comes_instead_of_any_answer() =>
        WithAsync(
            new FaultOptions { SignInPage = 1 },
            async service =>
            {
                var page = await SendAsync(service, HttpMethod.Post, "api/v2/tasks/echo", "x");
                Assert.Contains("<title>Sign in to Example</title>", page, StringComparison.Ordinal);
                Assert.Empty(service.Traffic.Taken);
            }
        );

    [Fact]
    public Task Half_a_response_comes_with_206() =>
        WithAsync(
            new FaultOptions { PartialResponse = 1 },
            async service =>
            {
                var id = await SubmitAsync(service, "api/v2/tasks/echo", "1234567890");
                await EndOfAsync(service, id);
                using var answer = await SendRawAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}/response");
                Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
                Assert.Equal("12345", await answer.Content.ReadAsStringAsync());
                Assert.Equal("bytes 0-4/10", answer.Content.Headers.ContentRange!.ToString());
            }
        );

    [Fact]
    public Task A_failing_task_may_leave_an_error_document() =>
        WithAsync(
            new FaultOptions { FailWithDocument = 1 },
            async service =>
            {
                var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
                Assert.Equal("failed", (await EndOfAsync(service, id)).GetProperty("state").GetString());
                var document = await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}/response");
                Assert.Equal("""{"status":"error","message":"set Cities is empty"}""", document);
            }
        );

    private static async Task WithAsync(FaultOptions faults, Func<TaskServiceEmulator, Task> check)
    {
        await using var service = await StartAsync(new EmulatorOptions { Faults = faults });
        await check(service);
    }
}
