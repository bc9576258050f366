using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>The scenario's text in reports.</summary>
public sealed class ScenarioTextTests
{
    [Theory]
    [InlineData("notify: https://hooks.example.com/T0/SECRET\nname: t", "notify: …\nname: t")]
    [InlineData("name: t\nnotify:\n- post: SECRET\n- run: [curl, SECRET]\n\nseed: 1", "name: t\nnotify: …\nseed: 1")]
    [InlineData("name: t\nnotify:\n  - post: SECRET\n    on: [failed]\n", "name: t\nnotify: …")]
    [InlineData("notify: [\n  SECRET,\n]\nname: t", "notify: …\nname: t")]
    [InlineData("# the receivers of notify\nname: t", "# the receivers of notify\nname: t")]
    [InlineData("{ name: t, notify: SECRET }", null)]
    [InlineData("\"notify\": SECRET", "notify: …")]
    [InlineData("notify:\n  SECRET\n# and SECRET\nname: notify me", "notify: …\nname: notify me")]
    [InlineData("{ notify:\n    SECRET, name: t }", null)]
    [InlineData(
        "request:\n  json: &n\n    notify: SECRET\n<<: *n\nname: t",
        "request:\n  json: &n\nnotify: …\nname: t"
    )]
    [InlineData("notify: [SECRET", null)]
    public void Reports_leave_out_notify(string source, string? shown) =>
        Assert.Equal(shown, ScenarioText.WithoutNotify(source));
}
