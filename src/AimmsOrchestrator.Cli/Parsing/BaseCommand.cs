using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>A command: its options, what it does, and the examples that its help ends in.</summary>
internal abstract class BaseCommand : Command
{
    /// <param name="services">What it works with.</param>
    /// <param name="name">As it is typed.</param>
    /// <param name="description">What it does, in one line of help.</param>
    /// <param name="examples">Lines to type, without the program's name.</param>
    protected BaseCommand(CommandServices services, string name, string description, params string[] examples)
        : base(name, description)
    {
        Services = services;
        Examples = examples;
        SetAction(ExecuteAsync);
    }

    protected CommandServices Services { get; }

    protected Screen Screen => Services.Screen;

    private string[] Examples { get; }

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="UserErrorException">It cannot be done as it was asked for.</exception>
    protected abstract Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation);

    /// <summary>Adds options and arguments, in the order of the help.</summary>
    protected void Declare(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    Arguments.Add(argument);
                    break;
                case Option option:
                    Options.Add(option);
                    break;
            }
        }
    }

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
            if (parseResult.CommandResult.Command is BaseCommand { Examples: { Length: > 0 } examples })
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
