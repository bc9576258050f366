using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Emulation;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Reading.Sweeps;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Reads <c>emulator</c>: services of the author's own.</summary>
/// <param name="compiler">Compiles expressions.</param>
/// <param name="folder">Where files of answers are.</param>
/// <param name="diagnostics">Where diagnostics go.</param>
internal sealed class EmulatorReader(ExpressionCompiler compiler, string folder, DiagnosticBag diagnostics)
{
    private static readonly string[] Sources = ["answer", "file", "replay"];

    private readonly Scope _scope = Scope.Parameters(ParameterTable.Of("request"));

    public EmulatedServices Read(Node? node)
    {
        if (Section.Read(node, EmulatorSchemas.Emulator, diagnostics) is not { } section)
        {
            return EmulatedServices.None;
        }

        var services = section["services"] switch
        {
            null => [],
            MappingNode mapping => mapping
                .Members.Select(member => Service(member.Name, member.Value))
                .OfType<EmulatedService>()
                .ToList(),
            var other => Refuse(other),
        };
        return new EmulatedServices(section.WholeNumber("places", 1), services);
    }

    private List<EmulatedService> Refuse(Node node)
    {
        diagnostics.Add(node.Location, $"emulator.services: {node.Description} where services by name are expected");
        return [];
    }

    private EmulatedService? Service(string name, Node node)
    {
        var path = $"emulator.services.{name}";
        if (Section.Read(node, EmulatorSchemas.Service, diagnostics, path) is not { } section)
        {
            if (node is ScalarNode { Kind: ScalarKind.Null })
            {
                diagnostics.Add(node.Location, $"{path}: say what it answers: {string.Join(", ", Sources)}");
            }

            return null;
        }

        var given = Sources.Where(source => section[source] is not null).ToList();
        if (given.Count != 1)
        {
            diagnostics.Add(
                section.Location,
                $"{path}: one of {string.Join(", ", Sources)} is expected; {(given.Count == 0 ? "there is none" : $"there are {string.Join(" and ", given)}")}"
            );
            return null;
        }

        if (section["format"] is not null && given[0] != "answer")
        {
            section.Report("format", $"a {given[0]} is sent as it is");
        }

        return new EmulatedService
        {
            Name = name,
            Folder = folder,
            ReadFile = RegularFile.Read,
            Answer = section["answer"] is { } answer
                ? AnswerTemplate.Read(answer, _scope, compiler, diagnostics)
                : null,
            File = section.Scalar("file") is { } file ? Template.Read(file, _scope, compiler, diagnostics) : null,
            Replay = section.Scalar("replay")?.Text,
            Format = section.Word("format") ?? "json",
            RunTimes = RunTimes(section, path),
            Failures = Share(section),
            Message = section.Scalar("message")?.Text ?? "the procedure raised an error (emulated)",
            Queue = section.WholeNumber("queue", 1),
        };
    }

    private Distribution? RunTimes(Section section, string path)
    {
        if (section["runTime"] is not { } node)
        {
            return null;
        }

        if (node is not ScalarNode scalar)
        {
            return new DistributionReader(diagnostics).Read($"{path}.runTime", node);
        }

        if (DurationReader.Parse(scalar.Text) is { } duration && duration >= TimeSpan.Zero)
        {
            return new Constant(Value.Number(duration.TotalSeconds));
        }

        section.Report(
            "runTime",
            $"{scalar.Description} is not a duration; write 2s, or a distribution of seconds such as {{ lognormal: [1, 0.5] }}"
        );
        return null;
    }

    private static double Share(Section section) =>
        section.Parse<double>(
            "failures",
            scalar =>
                scalar.Text.EndsWith('%')
                && double.TryParse(
                    scalar.Text.AsSpan(0, scalar.Text.Length - 1),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var percent
                )
                && percent <= 100
                    ? percent / 100
                    : null,
            _ => "is not a share from 0% to 100%; write 5%"
        ) ?? 0;
}
