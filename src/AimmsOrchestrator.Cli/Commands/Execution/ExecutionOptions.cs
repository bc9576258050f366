using System.CommandLine;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Cli.Running;

namespace AimmsOrchestrator.Cli.Commands.Execution;

/// <summary>The options of every command that executes a batch.</summary>
internal sealed class ExecutionOptions
{
    private readonly PlaceOptions _place = new();
    private readonly Option<bool> _json = SharedOptions.Json("how the batch went");
    private readonly Option<FileInfo?> _junit = SharedOptions.JUnit();

    /// <summary>Where the batches are.</summary>
    public IReadOnlyList<Option> Place => _place.All;

    /// <summary>Those that say what to write once the batch is left.</summary>
    public IReadOnlyList<Option> Output => [_json, _junit];

    /// <summary>The server; null where the workspace is meant.</summary>
    public RemoteServer? Server(ParseResult parsed, CommandServices services) => _place.Server(parsed, services);

    /// <param name="parsed">The command line.</param>
    /// <param name="services">What the command works with.</param>
    /// <param name="server">Where the batch is.</param>
    /// <param name="documents">Collects JSON documents in place of standard output; null where one is written at once.</param>
    public RemoteSession RemoteOf(
        ParseResult parsed,
        CommandServices services,
        RemoteServer server,
        IList<BatchDocument>? documents = null
    ) =>
        new(
            services,
            server,
            new OutputOptions(parsed.GetValue(_json), parsed.GetValue(_junit)) { Documents = documents }
        );

    /// <param name="parsed">The command line.</param>
    /// <param name="services">What the command works with.</param>
    /// <param name="documents">Collects JSON documents in place of standard output; null where one is written at once.</param>
    public BatchSession SessionOf(
        ParseResult parsed,
        CommandServices services,
        IList<BatchDocument>? documents = null
    ) =>
        new(
            services,
            _place.Folder(parsed),
            new OutputOptions(parsed.GetValue(_json), parsed.GetValue(_junit)) { Documents = documents }
        );

    /// <param name="parsed">The command line.</param>
    /// <param name="services">What the command works with.</param>
    /// <param name="documents">Collects JSON documents; null where none are wanted.</param>
    public TogetherSession TogetherOf(ParseResult parsed, CommandServices services, IList<BatchDocument>? documents) =>
        new(
            services,
            _place.Folder(parsed),
            new OutputOptions(parsed.GetValue(_json), JUnit: null) { Documents = documents }
        );

    /// <summary>What collects the documents of several batches; null where no JSON is wanted.</summary>
    /// <exception cref="UserErrorException">An option can be of one batch only.</exception>
    public List<BatchDocument>? Collect(ParseResult parsed)
    {
        if (parsed.GetValue(_junit) is not null)
        {
            throw new UserErrorException(
                "--junit: one file takes the expectations of one scenario, and there are several"
            );
        }

        return parsed.GetValue(_json) ? [] : null;
    }
}
