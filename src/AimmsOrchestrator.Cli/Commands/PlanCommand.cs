using System.CommandLine;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>What would run, without sending anything.</summary>
internal sealed class PlanCommand : ExampleCommand
{
    private const int RunsShown = 3;

    public PlanCommand(Screen screen)
        : base(
            "plan",
            "Show what a scenario would run, and send nothing",
            "plan scenarios/transport-whatif.yaml",
            "plan scenarios/transport-whatif.yaml --set 'growth=[1.0, 1.05]'",
            "plan scenarios/transport-whatif.yaml --format jsonl --requests"
        )
    {
        var scenario = SharedOptions.Scenario();
        var overrides = new OverrideOptions();
        var format = new Option<string>("--format")
        {
            Description = "text for people, jsonl for a JSON object a run",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "jsonl");
        var requests = new Option<bool>("--requests") { Description = "With jsonl: the request of each run too" };
        Arguments.Add(scenario);
        overrides.AddTo(this);
        Options.Add(format);
        Options.Add(requests);

        SetAction(parsed =>
        {
            var loaded = ScenarioLoading.Load(parsed.GetRequiredValue(scenario), overrides.Read(parsed), screen);
            if (parsed.GetValue(format) == "jsonl")
            {
                WriteLines(loaded, parsed.GetValue(requests));
            }
            else
            {
                Describe(loaded, screen);
            }

            return ExitCode.Success;
        });
    }

    private static void Describe(Scenario scenario, Screen screen)
    {
        var runs = scenario.Plan.Runs;
        var count = runs.Count;
        var output = screen.Data.Profile.Out.Writer;
        var where = scenario.Address?.ToString() ?? "the emulator";
        output.WriteLine($"{scenario.Name}: {(count is { } n ? Plural(n) : "runs")} at {where}");
        var shown = 0;
        foreach (var run in runs.From(0).Take(RunsShown))
        {
            output.WriteLine($"  {Line(run)}");
            shown++;
        }

        if (count > shown)
        {
            var last = Math.Max(shown, count.Value - 1);
            if (last > shown)
            {
                output.WriteLine("  …");
            }

            output.WriteLine($"  {Line(runs.From(last).First())}");
        }

        output.WriteLine(
            $"at most {scenario.Plan.Limits.MaxUnfinishedTasks} unfinished tasks at the service at a time"
        );
    }

    private static string Line(PlannedRun run) =>
        run.Defect is null ? $"{run.Index}: {run.Name}" : $"{run.Index}: {run.Name}: {run.Defect}";

    private static string Plural(long count) => count == 1 ? "1 run" : $"{count} runs";

    private static void WriteLines(Scenario scenario, bool withRequests)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output);
        using var buffered = new BufferedStream(output, 1 << 16);
        foreach (var run in scenario.Plan.Runs.From(0))
        {
            writer.Reset(buffered);
            writer.WriteStartObject();
            writer.WriteNumber("index", run.Index);
            writer.WriteString("key", run.Key?.Hex);
            writer.WriteString("name", run.Name);
            writer.WritePropertyName("parameters");
            run.Parameters.WriteTo(writer);
            if (run.Defect is { } defect)
            {
                writer.WriteString("error", defect);
            }

            if (withRequests)
            {
                WriteRequest(writer, run);
            }

            writer.WriteEndObject();
            writer.Flush();
            buffered.WriteByte((byte)'\n');
        }
    }

    /// <summary>JSON as it would be sent; anything else as text where it is text, as base64 where it is not.</summary>
    private static void WriteRequest(Utf8JsonWriter writer, PlannedRun run)
    {
        writer.WritePropertyName("request");
        if (run.Request is not { } request)
        {
            writer.WriteNullValue();
        }
        else if (request.MediaType == "application/json")
        {
            writer.WriteRawValue(request.Body.Span, skipInputValidation: true);
        }
        else
        {
            try
            {
                writer.WriteStringValue(
                    new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(request.Body.Span)
                );
            }
            catch (DecoderFallbackException)
            {
                writer.WriteBase64StringValue(request.Body.Span);
            }
        }
    }
}
