using System.Security.Cryptography;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>
/// A request with placeholders, which each run fills: the body in the order it is written, and the document that the run's
/// key is the SHA-256 of, in RFC 8785's form:
/// <c>{"address":…,"app":…,"request":…,"service":…,"version":…}</c>, app and version null where there are none. A body
/// that is not JSON is replaced by its SHA-256 in hexadecimal, as <c>"requestSha256"</c> instead of <c>"request"</c>. A
/// replicate has its number as <c>"replicate"</c> as well.
/// </summary>
internal sealed class RequestTemplate
{
    public required RequestBody Body { get; init; }

    /// <summary>The body's segments; null where it is not JSON.</summary>
    public required TemplateSegments? Document { get; init; }

    /// <summary>The segments of the document that the key is made from.</summary>
    public required TemplateSegments Key { get; init; }

    /// <summary>The same for a replicate, whose number fills the last placeholder, behind <see cref="Placeholders"/>.</summary>
    public required TemplateSegments ReplicateKey { get; init; }

    /// <summary>
    /// The segments with the address as it is written, which keys were made from when each spelling counted as an address of
    /// its own; null where that is the one spelling.
    /// </summary>
    public TemplateSegments? FormerKey { get; private init; }

    /// <summary>The same for a replicate.</summary>
    public TemplateSegments? FormerReplicateKey { get; private init; }

    public required IReadOnlyList<Placeholder> Placeholders { get; init; }

    public required Target ServiceTarget { get; init; }

    public static RequestTemplate Compile(
        ServiceSettings service,
        RequestBody body,
        PlaceholderTable placeholders,
        Scope serviceScope,
        Scope requestScope,
        DiagnosticBag diagnostics
    )
    {
        var target = new Target(
            Word.Compile(service.Name, placeholders, serviceScope),
            service.App is { } app ? Word.Compile(app, placeholders, serviceScope) : null,
            service.Version is { } version ? Word.Compile(version, placeholders, serviceScope) : null
        );
        var document = body.Document is { } root
            ? BodyTemplateCompiler.Compile(root, placeholders, requestScope, diagnostics, isCanonical: false)
            : null;
        var key = CompileKey(KeyDocument(service, service.KeyAddress, body, replicate: null));
        var replicate = placeholders.AddLast(service.Name.Location);
        var isOneSpelling = service.KeyAddress == service.Address;
        return new RequestTemplate
        {
            Body = body,
            Document = document,
            Key = key,
            ReplicateKey = CompileKey(KeyDocument(service, service.KeyAddress, body, replicate)),
            FormerKey = isOneSpelling ? null : CompileKey(KeyDocument(service, service.Address, body, replicate: null)),
            FormerReplicateKey = isOneSpelling
                ? null
                : CompileKey(KeyDocument(service, service.Address, body, replicate)),
            Placeholders = placeholders.Placeholders,
            ServiceTarget = target,
        };

        TemplateSegments CompileKey(Node canonical) =>
            BodyTemplateCompiler.Compile(canonical, placeholders, requestScope, diagnostics, isCanonical: true);
    }

    private static MappingNode KeyDocument(
        ServiceSettings service,
        string address,
        RequestBody body,
        ScalarNode? replicate
    )
    {
        var location = service.Name.Location;
        Member Named(string name, Node value) => new(ScalarNode.String(location, name), value);
        Node Text(ScalarNode? scalar) => scalar ?? ScalarNode.Null(location);
        var members = new List<Member>
        {
            Named("address", ScalarNode.String(location, address)),
            Named("app", Text(service.App)),
            Named("service", service.Name),
            Named("version", Text(service.Version)),
            body.Document is { } document
                ? Named("request", document)
                : Named(
                    "requestSha256",
                    ScalarNode.String(location, Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span)))
                ),
        };
        if (replicate is not null)
        {
            members.Add(Named("replicate", replicate));
        }

        return new MappingNode(location, members);
    }

    /// <summary>A part of the service's address: fixed, or a placeholder.</summary>
    internal readonly record struct Word(string Text, int? Placeholder)
    {
        public static Word Compile(ScalarNode scalar, PlaceholderTable placeholders, Scope scope) =>
            new(scalar.Text, placeholders.Number(scalar, scope, isText: true));
    }

    /// <summary>The service that a run calls.</summary>
    internal sealed record Target(Word Service, Word? App, Word? Version)
    {
        private readonly TaskTarget? _fixed =
            Service.Placeholder is null && App?.Placeholder is null && Version?.Placeholder is null
                ? new TaskTarget(Service.Text, App?.Text, Version?.Text)
                : null;

        public TaskTarget Fill(ReadOnlySpan<Value> fillings) =>
            _fixed ?? new TaskTarget(Fill(Service, fillings)!, Fill(App, fillings), Fill(Version, fillings));

        private static string? Fill(Word? word, ReadOnlySpan<Value> fillings) =>
            word is { Placeholder: { } placeholder } ? fillings[placeholder].Text : word?.Text;
    }
}
