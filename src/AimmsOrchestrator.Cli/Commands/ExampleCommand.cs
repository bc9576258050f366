using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>A command whose help ends in examples.</summary>
internal class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Lines a person can type, without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Makes the help of every command below a root end in its examples.</summary>
    public static void ShowInHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        }
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is ExampleCommand { Examples: { Count: > 0 } examples })
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine($"  aimms-batch {example}");
                }
            }

            return exitCode;
        }
    }
}
