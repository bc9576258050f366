using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.PostgreSql.Transfer;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>Takes a journal from a folder into a PostgreSQL database, or back.</summary>
internal sealed class TransferCommand : BaseCommand
{
    private readonly Option<string> _from;
    private readonly Option<string> _to;
    private readonly bool _isImport;

    private TransferCommand(CommandServices services, bool isImport, string description, string example)
        : base(services, isImport ? "import" : "export", description, example)
    {
        _isImport = isImport;
        _from = PlaceOf("--from", "from which the journal is taken", isFolder: isImport);
        _to = PlaceOf("--to", "into which it is taken", isFolder: !isImport);
        Declare(_from, _to);
    }

    /// <summary>The command <c>import</c>.</summary>
    public static TransferCommand Import(CommandServices services) =>
        new(
            services,
            isImport: true,
            "Take a folder's journal into an empty PostgreSQL database, and verify it",
            "import --from .aimms-batch --to \"Host=db.example.com;Database=aimms;Username=aimms\""
        );

    /// <summary>The command <c>export</c>.</summary>
    public static TransferCommand Export(CommandServices services) =>
        new(
            services,
            isImport: false,
            "Take a PostgreSQL database's journal into an empty folder, and verify it",
            "export --from \"Host=db.example.com;Database=aimms;Username=aimms\" --to copy"
        );

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (from, to) = (parsed.GetRequiredValue(_from), parsed.GetRequiredValue(_to));
        var tables = await (_isImport ? ImportAsync(from, to) : ExportAsync(from, to));
        foreach (var table in tables.Where(table => table.Rows > 0))
        {
            Screen.Say(string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {table.Rows:#,0}"));
        }

        if (tables.Sum(table => table.ChangedTexts) is > 0 and var changed)
        {
            Screen.Complain(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{changed} texts hold a character that PostgreSQL has not, and show its picture there"
                )
            );
        }

        Screen.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tables.Sum(table => table.Rows):#,0} rows taken over; each table read again, by count and digest the same."
            )
        );
        return ExitCode.Success;
    }

    private static Option<string> PlaceOf(string name, string description, bool isFolder) =>
        new(name)
        {
            Description = isFolder
                ? $"The folder {description}"
                : $"The PostgreSQL database {description}; the password comes from PGPASSWORD or the file of PGPASSFILE",
            HelpName = isFolder ? "DIR" : "CONNECTION",
            Required = true,
        };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<IReadOnlyList<TransferredTable>> ImportAsync(string folder, string connection)
    {
        var source = SqliteWorkspace.OpenExisting(folder);
        await using var target = DatabaseOption.OpenDatabase(connection, Services.Time, address: null, version: "");
        return await new JournalTransfer(Services.Time).ImportAsync(source, target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<IReadOnlyList<TransferredTable>> ExportAsync(string connection, string folder)
    {
        await using var source = DatabaseOption.OpenDatabase(connection, Services.Time, address: null, version: "");
        return await new JournalTransfer(Services.Time).ExportAsync(source, SqliteWorkspace.OpenOrCreate(folder));
    }
}
