using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Tasks;

public sealed class StateHookTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_call_adds_its_parameters_to_those_of_the_address()
    {
        Assert.Equal(
            "https://hooks.example.net/aimms?batch=17&task_uuid=7b1f&task_state=solving&at=2026-11-24T18:00:00Z",
            StateHook.Parse("https://hooks.example.net/aimms?batch=17")!.CallAddress("7b1f", "solving", At).ToString()
        );
    }

    /// <summary>The code is that of <c>printf 7b1f | openssl dgst -sha256 -hmac s3cret</c>.</summary>
    [Fact]
    public void The_key_is_taken_out_and_signs_the_tasks_id()
    {
        Assert.Equal(
            "http://h.example/a?b=1&task_uuid=7b1f&task_state=queued&at=2026-11-24T18:00:00Z&hmac=06a9dcc413162ba98b66371523241d7ee666f5da04b4425fbbcf51e8128aa61c",
            StateHook.Parse("http://h.example/a?key=s3cret&b=1")!.CallAddress("7b1f", "queued", At).ToString()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("hooks.example.net/aimms")]
    [InlineData("ftp://hooks.example.net/aimms")]
    public void What_is_no_address_is_none(string text) => Assert.Null(StateHook.Parse(text));
}
