using System.Security.Cryptography;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>
/// A request with holes, ready to be filled run by run: the body in the order it is written, and the document that the
/// run's key is the SHA-256 of, in RFC 8785's form:
/// <c>{"address":…,"app":…,"request":…,"service":…,"version":…}</c>, app and version null where there are none. A body
/// that is not JSON stands there as <c>"requestSha256"</c>, its own SHA-256 in hexadecimal, in place of
/// <c>"request"</c>. A replicate has a <c>"replicate"</c> besides, its number.
/// </summary>
internal sealed class RequestTemplate
{
    private RequestTemplate(
        RequestBody body,
        TemplateSegments? document,
        TemplateSegments key,
        TemplateSegments replicateKey,
        IReadOnlyList<Placeholder> holes,
        Target target
    )
    {
        ReplicateKey = replicateKey;
        Body = body;
        Document = document;
        Key = key;
        Placeholders = holes;
        ServiceTarget = target;
    }

    public RequestBody Body { get; }

    /// <summary>The body's pieces; null where it is not JSON.</summary>
    public TemplateSegments? Document { get; }

    /// <summary>The pieces of the document that the key is made from.</summary>
    public TemplateSegments Key { get; }

    /// <summary>The same for a replicate, whose number fills the last hole, behind <see cref="Placeholders"/>.</summary>
    public TemplateSegments ReplicateKey { get; }

    public IReadOnlyList<Placeholder> Placeholders { get; }

    public Target ServiceTarget { get; }

    public static RequestTemplate Of(
        ServiceSettings service,
        RequestBody body,
        PlaceholderTable holes,
        Scope serviceScope,
        Scope requestScope,
        DiagnosticBag mistakes
    )
    {
        var target = new Target(
            Word.Of(service.Name, holes, serviceScope),
            service.App is { } app ? Word.Of(app, holes, serviceScope) : null,
            service.Version is { } version ? Word.Of(version, holes, serviceScope) : null
        );
        var document = body.Document is { } root
            ? BodyTemplateCompiler.Cut(root, holes, requestScope, mistakes, isCanonical: false)
            : null;
        var key = Cut(KeyDocument(service, body, replicate: null));
        var replicate = holes.AddLast(service.Name.Location);
        return new RequestTemplate(
            body,
            document,
            key,
            Cut(KeyDocument(service, body, replicate)),
            holes.Placeholders,
            target
        );

        TemplateSegments Cut(Node canonical) =>
            BodyTemplateCompiler.Cut(canonical, holes, requestScope, mistakes, isCanonical: true);
    }

    private static MappingNode KeyDocument(ServiceSettings service, RequestBody body, ScalarNode? replicate)
    {
        var place = service.Name.Location;
        Member Named(string name, Node value) => new(ScalarNode.Of(place, name), value);
        Node Text(ScalarNode? scalar) => scalar ?? ScalarNode.Null(place);
        var members = new List<Member>
        {
            Named("address", ScalarNode.Of(place, service.Address)),
            Named("app", Text(service.App)),
            Named("service", service.Name),
            Named("version", Text(service.Version)),
            body.Document is { } document
                ? Named("request", document)
                : Named(
                    "requestSha256",
                    ScalarNode.Of(place, Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span)))
                ),
        };
        if (replicate is not null)
        {
            members.Add(Named("replicate", replicate));
        }

        return new MappingNode(place, members);
    }

    /// <summary>A word of the service's address: fixed, or a hole.</summary>
    internal readonly record struct Word(string Text, int? Hole)
    {
        public static Word Of(ScalarNode scalar, PlaceholderTable holes, Scope scope) =>
            new(scalar.Text, holes.Number(scalar, scope, isText: true));
    }

    /// <summary>What a run calls.</summary>
    internal sealed record Target(Word Service, Word? App, Word? Version)
    {
        private readonly TaskTarget? _fixed =
            Service.Hole is null && App?.Hole is null && Version?.Hole is null
                ? new TaskTarget(Service.Text, App?.Text, Version?.Text)
                : null;

        public TaskTarget Fill(ReadOnlySpan<Value> fillings) =>
            _fixed ?? new TaskTarget(Fill(Service, fillings)!, Fill(App, fillings), Fill(Version, fillings));

        private static string? Fill(Word? word, ReadOnlySpan<Value> fillings) =>
            word is { Hole: { } hole } ? fillings[hole].Text : word?.Text;
    }
}
