using System.Net;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>What a request gets that no endpoint answers.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Theory]
    [InlineData("/api/batches?limit=abc", "limit: \"abc\" is not a whole number")]
    [InlineData(
        "/api/batches?limit=2.5&sizes=maybe",
        "limit: \"2.5\" is not a whole number; sizes: \"maybe\" is not true or false"
    )]
    [InlineData(
        "/api/batches/none-1/runs?after=99999999999999999999",
        "after: \"99999999999999999999\" is not a whole number"
    )]
    [InlineData("/api/audit?batch=any&limit=", "limit: \"\" is not a whole number")]
    [InlineData("/api/diff?before=a-1&after=b-1&most=all", "most: \"all\" is not a whole number")]
    public async Task A_value_of_another_kind_is_named_with_what_is_allowed(string path, string sentence)
    {
        using var response = await _room.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(sentence, (string?)(await ServerRoom.JsonAsync(response))["detail"]);
    }
}
