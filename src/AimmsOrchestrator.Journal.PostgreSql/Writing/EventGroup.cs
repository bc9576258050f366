using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using AimmsOrchestrator.Journal.Text;
using AimmsOrchestrator.Journal.Writing;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>
/// The events of a group, the row that each run has after them, and the responses that they bring: sent together, in a few
/// statements however many they are.
/// </summary>
internal sealed class EventGroup
{
    private const string StepTypes = "nnnttntttn";
    private const string RunTypes = "nntntttttddntttbnnnttnndttbttt";

    /// <summary>Larger ones are sent by themselves, without a copy.</summary>
    private const int LargestInArray = 1 << 20;

    private static readonly string InsertSteps =
        $"INSERT INTO steps ({StepRow.Columns}) SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9::json, c10 FROM {ColumnArrays.Table(StepTypes)}";

    private static readonly string UpsertRuns =
        $"INSERT INTO runs ({RunRow.Columns}) SELECT * FROM {ColumnArrays.Table(RunTypes)} {RunRow.Update}";

    private static readonly string InsertResponses =
        $"INSERT INTO responses (id, media_type, body) SELECT * FROM {ColumnArrays.Table("ntb")}";

    private static readonly string MarkDeleted =
        $"UPDATE runs SET task_deleted = 1 FROM {ColumnArrays.Table("nn")} WHERE batch = c1 AND run = c2";

    private static readonly string AddSizes = $"""
        INSERT INTO sizes (batch, responses, events) SELECT * FROM {ColumnArrays.Table("nnn")}
        ON CONFLICT (batch) DO UPDATE SET responses = sizes.responses + excluded.responses, events = sizes.events + excluded.events
        """;

    private readonly ColumnArrays _steps = new(StepTypes);
    private readonly ColumnArrays _responses = new("ntb");
    private readonly ColumnArrays _deleted = new("nn");
    private readonly List<(long Id, TaskResponseText Response)> _large = [];
    private readonly Dictionary<RunReference, (PlannedRun Planned, Run Run, long? Response)> _runs = [];
    private readonly Dictionary<long, StoredSize> _sizes = [];

    /// <summary>The responses of the runs that an earlier statement of the group has written.</summary>
    private readonly Dictionary<RunReference, long?> _written = [];

    /// <summary>The number of a run's response, by what the group has of it; false where the group has nothing of the run.</summary>
    public bool TryFindResponse(RunReference run, out long? response)
    {
        var isThere = _runs.TryGetValue(run, out var row);
        response = row.Response;
        return isThere || _written.TryGetValue(run, out response);
    }

    /// <summary>Adds an event.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="response">The number of the response that it brings or copies; null for none.</param>
    public void Add(RunEventEntry entry, long? response)
    {
        if (StepRow.ResponseOf(entry.Event) is { } own)
        {
            if (own.Body.Length > LargestInArray)
            {
                _large.Add((response!.Value, new TaskResponseText(own.MediaType, own.Body)));
            }
            else
            {
                _responses.Add(response, own.MediaType, own.Body.ToArray());
            }
        }

        var payload = JournalJson.Text(entry.Event);
        var (size, added) = (
            _sizes.GetValueOrDefault(entry.Batch, StoredSize.None),
            StepRow.SizeOf(entry.Event, payload)
        );
        _sizes[entry.Batch] = new StoredSize(size.Responses + added.Responses, size.Events + added.Events);
        _steps.Add(StepRow.Values(entry, payload, response));
        _runs[new RunReference(entry.Batch, entry.Planned.Index)] = (entry.Planned, entry.After, response);
    }

    /// <summary>The service no longer keeps a run's task.</summary>
    public void Add(TaskDeleted deleted) => _deleted.Add(deleted.Batch, deleted.Run);

    /// <summary>Puts the statements into a batch, and forgets what they write.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        Move(batch, _responses, InsertResponses);
        foreach (var (id, (mediaType, body)) in _large)
        {
            var command = new NpgsqlBatchCommand("INSERT INTO responses (id, media_type, body) VALUES ($1, $2, $3)");
            command.Parameters.Add(Values.Of(id));
            command.Parameters.Add(Values.Of(mediaType));
            command.Parameters.Add(Values.Of(body));
            batch.BatchCommands.Add(command);
        }

        Move(batch, _steps, InsertSteps);
        var rows = new ColumnArrays(RunTypes);
        foreach (var (run, (planned, state, response)) in _runs)
        {
            rows.Add(RunRow.Values(run.Batch, planned, state, response));
        }

        Move(batch, rows, UpsertRuns);
        Move(batch, _deleted, MarkDeleted);
        var sizes = new ColumnArrays("nnn");
        foreach (var (number, size) in _sizes)
        {
            sizes.Add(number, size.Responses, size.Events);
        }

        Move(batch, sizes, AddSizes);
        foreach (var (run, (_, _, response)) in _runs)
        {
            _written[run] = response;
        }

        _large.Clear();
        _runs.Clear();
        _sizes.Clear();
    }

    private static void Move(NpgsqlBatch batch, ColumnArrays rows, string sql)
    {
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(rows.Command(sql));
            rows.Clear();
        }
    }

    private readonly record struct TaskResponseText(string? MediaType, ReadOnlyMemory<byte> Body);
}
