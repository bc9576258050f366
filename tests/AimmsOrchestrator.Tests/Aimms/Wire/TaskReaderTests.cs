using System.Text;
using AimmsOrchestrator.Aimms.Wire;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Aimms.Wire;

/// <summary>Bodies of the published contract.</summary>
public sealed class TaskReaderTests
{
    [Fact]
    public void A_finished_task_of_the_cloud_is_read()
    {
        var task = Read(
            """{"id": "7b1f0c52", "groupIndex": null, "appName": "PlantPlan", "appVersion": "3.2", "serviceName": "solvePlan", "state": "completed", "scheduleFor": null, "scheduleInterval": null, "createdAt": "2024-11-05 08:41:07.000000", "assignedAt": "2024-11-05 08:41:22.000000", "runningAt": "2024-11-05 08:41:22.000000", "endedAt": "2024-11-05 08:43:02.000000", "queueTime": 15.000000, "runTime": 100.000000, "returnCode": 1, "errorMessage": null }"""
        );

        Assert.Equal(TaskState.Completed, task.State);
        Assert.Equal(new DateTimeOffset(2024, 11, 5, 8, 41, 7, TimeSpan.Zero), task.CreatedAt);
        Assert.Equal(new DateTimeOffset(2024, 11, 5, 8, 43, 2, TimeSpan.Zero), task.EndedAt);
        Assert.Equal(TimeSpan.FromSeconds(15), task.QueueTime);
        Assert.Equal(TimeSpan.FromSeconds(100), task.RunTime);
        Assert.Equal(1, task.ReturnCode);
        Assert.Null(task.ErrorMessage);
    }

    [Fact]
    public void The_session_and_the_user_of_a_task_are_read_where_the_service_tells_them()
    {
        var told = Read(
            """{"id": "1", "state": "running", "sessionId": "pro3-task-acme-17", "userName": "ada", "userEnvironment": "ROOT"}"""
        );
        var untold = Read("""{"id": "1", "state": "running"}""");

        Assert.Equal(("pro3-task-acme-17", "ada"), (told.SessionId, told.UserName));
        Assert.Equal((null, null), (untold.SessionId, untold.UserName));
    }

    [Fact]
    public void A_finished_task_of_version_1_is_read()
    {
        var task = Read(
            """{"id":"0f2c","service":"solvePlan","starttime":"2023-02-03T10:20:30Z","status":"finished","queuetime":0.003,"runtime":0.412,"returncode":1}"""
        );

        Assert.Equal(TaskState.Completed, task.State);
        Assert.Equal("solvePlan", task.ServiceName);
        Assert.Equal(new DateTimeOffset(2023, 2, 3, 10, 20, 30, TimeSpan.Zero), task.CreatedAt);
        Assert.Equal(TimeSpan.FromMilliseconds(412), task.RunTime);
    }

    [Theory]
    [InlineData("returncode")]
    [InlineData("RETURNCODE")]
    [InlineData("return\\u0043ode")]
    [InlineData("return\\u0063ode")]
    public void A_member_is_found_in_any_case_and_however_it_is_written(string name) =>
        Assert.Equal(7, Read($$"""{"id": "1", "state": "running", "{{name}}": 7}""").ReturnCode);

    [Theory]
    [InlineData("queued", TaskState.Queued)]
    [InlineData("QUEUED", TaskState.Queued)]
    [InlineData("starting", TaskState.Assigned)]
    [InlineData("executing", TaskState.Running)]
    [InlineData("Finished with errors", TaskState.Failed)]
    [InlineData("interrupted", TaskState.Completed)]
    [InlineData("hibernating", TaskState.Unknown)]
    public void Both_versions_state_words_are_read_in_any_case_and_others_are_unknown(string word, TaskState state) =>
        Assert.Equal(state, Read($$"""{"id": "1", "status": "{{word}}", "novelty": [1, {}]}""").State);

    [Fact]
    public void An_interrupted_execution_is_failed() =>
        Assert.Equal(
            TaskState.Failed,
            Read("""{"id": "1", "status": "interrupted", "errormessage": "stopped"}""").State
        );

    [Theory]
    [InlineData("""[{"id": "1", "state": "queued"}]""", 1)]
    [InlineData("""{"current_batch": [{"id": "1", "state": "queued"}], "total_tasks": 137}""", 137)]
    [InlineData("""{"statuses": [{"id": "1", "status": "queued"}], "total_size": 4}""", 4)]
    public void Every_shape_of_a_list_is_read(string json, int total)
    {
        var page = new TaskReader(KeyRedactor.None).ReadList(Encoding.UTF8.GetBytes(json))!;

        Assert.Equal(total, page.Total);
        Assert.Equal(TaskState.Queued, Assert.Single(page.Tasks).State);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"id\": \"1\"}")]
    [InlineData("")]
    public void A_body_without_a_task_is_null(string body) =>
        Assert.Null(new TaskReader(KeyRedactor.None).ReadTask(Encoding.UTF8.GetBytes(body), asked: null));

    private static TaskSnapshot Read(string json) =>
        new TaskReader(KeyRedactor.None).ReadTask(Encoding.UTF8.GetBytes(json), asked: null)!;
}
