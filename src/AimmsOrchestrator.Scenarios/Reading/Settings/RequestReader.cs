using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>request</c>: the base body, and what each run changes in it.</summary>
internal sealed class RequestReader(ScenarioFiles files, DiagnosticBag diagnostics)
{
    public RequestBody? Read(Node? node)
    {
        var before = diagnostics.Count;
        var section = Section.Read(node, ScenarioSchemas.Request, diagnostics);
        if (section is null)
        {
            return diagnostics.Count > before ? null : RequestBody.Empty;
        }

        if (section["file"] is not null && HasJson(node))
        {
            section.Report("json", "file gives the body already; write one of the two");
            return null;
        }

        var body = HasJson(node)
            ? new RequestBody(((MappingNode)node!).Find("json"), ReadOnlyMemory<byte>.Empty, MediaTypes.Json)
            : ReadFile(section);
        if (body?.Document is { } document)
        {
            document = Edit(document, section["add"], "add", diagnostics);
            body = body with { Document = Edit(document, section["set"], "set", diagnostics) };
        }
        else if (body is not null && (section["set"] ?? section["add"]) is { } edit)
        {
            diagnostics.Add(edit.Location, "request.set and add change a JSON body, and there is none here");
        }

        return diagnostics.Count > before ? null : body;
    }

    private static bool HasJson(Node? node) => node is MappingNode mapping && mapping.Find("json") is not null;

    private RequestBody? ReadFile(Section section)
    {
        if (section.Scalar("file") is not { } written)
        {
            return section["file"] is null ? RequestBody.Empty : null;
        }

        if (Template.IsIn(written.Text))
        {
            section.Report("file", "one file serves all runs; an expression is not allowed here");
            return null;
        }

        if (files.Read(written.Text, out var why) is not { } bytes)
        {
            section.Report("file", why);
            return null;
        }

        var type = MediaTypes.Of(written.Text);
        if (type != MediaTypes.Json)
        {
            return new RequestBody(null, bytes, type);
        }

        return JsonReader.Read(files.Display(written.Text), bytes, diagnostics) is { } document
            ? new RequestBody(document, ReadOnlyMemory<byte>.Empty, type)
            : null;
    }

    /// <summary>Short pointers first, so that the order in which they are written does not matter.</summary>
    private static Node Edit(Node document, Node? edits, string key, DiagnosticBag diagnostics)
    {
        if (edits is null)
        {
            return document;
        }

        if (edits is not MappingNode mapping)
        {
            diagnostics.Add(
                edits.Location,
                $"request.{key} is a mapping of JSON Pointers to values, as in {key}: {{ /demand/denver: 10 }}"
            );
            return document;
        }

        var pointers = mapping
            .Members.Select(member => new PlacedValue(JsonPointer.Parse(member.Key, diagnostics), member.Value))
            .Where(edit => edit.Pointer is not null)
            .OrderBy(edit => edit.Pointer!.Depth);
        foreach (var (pointer, value) in pointers)
        {
            document = pointer!.Edit(document, value, isNew: key == "add", diagnostics);
        }

        return document;
    }

    private sealed record PlacedValue(JsonPointer? Pointer, Node Value);
}
