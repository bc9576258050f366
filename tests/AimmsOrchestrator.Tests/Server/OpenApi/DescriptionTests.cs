using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using NJsonSchema;

namespace AimmsOrchestrator.Tests.Server.OpenApi;

/// <summary>What <c>/openapi.json</c> says, against the server that says it.</summary>
public sealed class DescriptionTests : IAsyncLifetime
{
    private static readonly string[] Pages = ["GET /", "GET /assets/{name}", "GET /openapi.json"];

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task It_is_valid()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(await TextAsync(), "json");

        Assert.Empty(diagnostic!.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, diagnostic.SpecificationVersion);
        Assert.Equal(
            ["token", "session"],
            document!.Security!.SelectMany(one => one.Keys).Select(key => key.Reference.Id)
        );
    }

    [Fact]
    public async Task It_has_every_route_that_is_no_page_and_no_other()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(await TextAsync());

        Assert.Equal(
            Routes().Except(Pages, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            document
                .Operations.Select(one => $"{one.Method.ToUpperInvariant()} {one.Path}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Each_route_says_what_it_takes_and_gives()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(await TextAsync());

        var faults =
            from one in document.Operations
            from fault in FaultsOf(one.Operation)
            select $"{one.Method} {one.Path}: {fault}";

        Assert.Empty(faults);
        Assert.Equal(
            document.Operations.Count(),
            document.Operations.Select(one => one.Operation.OperationId).Distinct(StringComparer.Ordinal).Count()
        );
    }

    [Fact]
    public async Task A_submission_is_a_form_or_the_YAML_alone()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(await TextAsync());
        foreach (var path in new[] { "/api/batches", "/api/plan" })
        {
            var content = document.Paths[path]["post"].RequestBody.Content;

            Assert.Equal(["multipart/form-data", "application/yaml"], content.Keys);
            Assert.Equal(["scenario", "file"], content["multipart/form-data"].Schema.ActualProperties.Keys);
            Assert.NotNull(content["application/yaml"].Example);
        }

        Assert.Contains(document.Paths["/api/batches"]["post"].Parameters, one => one.Name == "Idempotency-Key");
    }

    [Fact]
    public async Task Every_example_is_as_its_schema_says()
    {
        var document = await StrictAsync();

        var faults =
            from one in document.Operations
            from body in Bodies(one.Operation)
            where body.Type.EndsWith("json", StringComparison.Ordinal) && body.Media.Example is not null
            from fault in body.Media.Schema.ActualSchema.Validate($"{body.Media.Example}", SchemaType.OpenApi3)
            select $"{one.Operation.OperationId} {body.Name}: {fault}";

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_answer_is_as_its_schema_says()
    {
        var document = await StrictAsync();
        using var admin = await FillAsync();

        var faults = new List<string>();
        foreach (var one in document.Operations.Where(one => one.Method == "get"))
        {
            if (!one.Operation.Responses["200"].Content.TryGetValue("application/json", out var media))
            {
                continue;
            }

            foreach (var batch in new[] { "nap-1", "broken-1" })
            {
                var path = one
                    .Path.Replace("{id}", batch, StringComparison.Ordinal)
                    .Replace("{number}", "1", StringComparison.Ordinal);
                path += one.Path == "/api/diff" ? "?before=nap-1&after=broken-1" : "";
                path += one.Path == "/api/reports" ? "?batch=nap-1&format=table" : "";
                using var response = await admin.GetAsync(new Uri(path, UriKind.Relative));
                var text = await response.Content.ReadAsStringAsync();
                faults.AddRange(
                    response.IsSuccessStatusCode
                        ? media.Schema.ActualSchema.Validate(text, SchemaType.OpenApi3).Select(f => $"{path}: {f}")
                        : [$"{path}: {text}"]
                );
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>A finished batch, one whose runs fail, one under way that is paused, and a schedule.</summary>
    private async Task<HttpClient> FillAsync()
    {
        var admin = _room.ClientOf("root", Role.Admin);
        await ServerRoom.FinishAsync(admin, ServerRoom.Nap(0));
        await ServerRoom.FinishAsync(
            admin,
            ServerRoom.Nap(0).Replace("nap", "broken", StringComparison.Ordinal)
                + "\nsuccess: response.slept > n\nexpect: [ { name: some, that: slept > 1 } ]\n"
        );
        foreach (var more in new[] { "", "\nschedule: { cron: '@daily' }\n" })
        {
            using var taken = await ServerRoom.PostAsync(
                admin,
                ServerRoom.Nap(3600).Replace("nap", "long", StringComparison.Ordinal) + more
            );
            taken.EnsureSuccessStatusCode();
        }

        using var paused = await admin.PostAsync(new Uri("/api/batches/long-1/pause", UriKind.Relative), content: null);
        paused.EnsureSuccessStatusCode();
        return admin;
    }

    private static IEnumerable<string> FaultsOf(NSwag.OpenApiOperation operation)
    {
        if (string.IsNullOrEmpty(operation.OperationId) || string.IsNullOrEmpty(operation.Summary))
        {
            yield return "no name or no summary";
        }

        foreach (
            var parameter in operation.Parameters.Where(parameter =>
                parameter.Kind != NSwag.OpenApiParameterKind.Body && string.IsNullOrEmpty(parameter.Description)
            )
        )
        {
            yield return $"{parameter.Name} has no description";
        }

        if (!operation.Responses.Keys.Any(status => status[0] == '2'))
        {
            yield return "no success";
        }

        foreach (var body in Bodies(operation))
        {
            if (body.Media.Schema is null || body.Media.Schema.ActualSchema.IsAnyType)
            {
                yield return $"{body.Name} {body.Type} has no schema";
            }

            if (body.Type == "application/problem+json" && body.Media.Example is null)
            {
                yield return $"{body.Name} {body.Type} has no example";
            }
        }

        foreach (var status in operation.Responses.Where(one => one.Key != "204" && one.Value.Content.Count == 0))
        {
            yield return $"{status.Key} has no content";
        }
    }

    private static IEnumerable<(string Name, string Type, NSwag.OpenApiMediaType Media)> Bodies(
        NSwag.OpenApiOperation operation
    ) =>
        (operation.RequestBody?.Content ?? new Dictionary<string, NSwag.OpenApiMediaType>())
            .Select(body => ("request", body.Key, body.Value))
            .Concat(
                operation.Responses.SelectMany(one => one.Value.Content.Select(body => (one.Key, body.Key, body.Value)))
            );

    /// <summary>The description, whose documents have no members but those that it names.</summary>
    private async Task<NSwag.OpenApiDocument> StrictAsync()
    {
        var text = JsonNode.Parse(await TextAsync())!;
        foreach (var (name, schema) in text["components"]!["schemas"]!.AsObject())
        {
            if (schema!["properties"] is not null && schema["additionalProperties"] is null && name != "ProblemDetails")
            {
                schema["additionalProperties"] = false;
            }
        }

        return await NSwag.OpenApiDocument.FromJsonAsync(text.ToJsonString());
    }

    private IEnumerable<string> Routes() =>
        from endpoint in _room.Server.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":long", "", StringComparison.Ordinal)}";

    private Task<string> TextAsync() => _room.Client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
}
