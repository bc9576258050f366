using System.Globalization;
using System.Text;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Writes what concerns a batch as a whole.</summary>
/// <param name="database">The database, for writing.</param>
internal sealed class BatchWriter(Database database) : IDisposable
{
    private readonly Statement _execution = database.Prepare(
        "INSERT INTO drives (batch, step, at, event, reason) SELECT $1, coalesce(max(step), 0) + 1, $2, $3, $4 FROM drives WHERE batch = $1"
    );

    public BatchRecord Open(NewBatch batch)
    {
        var source = database.Keep(Encoding.UTF8.GetBytes(batch.Source));
        var counter = database
            .Number(
                "SELECT coalesce(max(counter), 0) + 1 FROM (SELECT scenario, counter FROM batches UNION ALL SELECT scenario, counter FROM removed) AS c WHERE scenario = $1",
                batch.Scenario
            )!
            .Value;
        var id = new BatchId(string.Create(CultureInfo.InvariantCulture, $"{batch.Scenario}-{counter}"));
        var started = Timestamps.ToText(batch.At);
        var account = ServiceAccount.NameOf(batch.ServiceAddress);
        var opened = database.All(
            """
            INSERT INTO batches (number, id, scenario, counter, description, fingerprint, source, source_file, overrides, service,
                run_count, parameter_names, result_names, started_at, service_name, fresh, design, account, owner, schedule, due_at, late)
            VALUES ((SELECT coalesce(max(number), 0) + 1 FROM (SELECT number FROM batches UNION ALL SELECT number FROM removed) AS n),
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) RETURNING *
            """,
            RowMapping.Batch,
            id.Value,
            batch.Scenario,
            counter,
            batch.Description,
            batch.Fingerprint,
            source,
            batch.SourceFile,
            batch.OverridesJson,
            batch.ServiceAddress,
            batch.RunCount,
            JournalJson.Text(batch.ParameterNames),
            JournalJson.Text(batch.ResultNames),
            started,
            batch.ServiceName,
            batch.IsFresh,
            batch.Design is { } design ? JournalJson.Text(design) : null,
            account,
            batch.Owner,
            batch.Scheduled?.Schedule,
            Timestamps.ToText(batch.Scheduled?.Due),
            batch.Scheduled?.Late
        )[0];

        if (account != ServiceAccount.Emulator)
        {
            database.Execute("INSERT INTO accounts (name) VALUES ($1) ON CONFLICT DO NOTHING", account);
        }

        Attach(opened.Number, batch.Attachments);
        Remember(opened, batch.Submission);
        Control(new ControlsSet(opened.Number, batch.Settings));
        _execution.Run(opened.Number, started, "opened", null);
        return opened;
    }

    /// <summary>In the transaction that opens the batch: a submission opens one batch, or none, until that is removed.</summary>
    private void Remember(BatchRecord opened, Submission? submission)
    {
        if (submission is null)
        {
            return;
        }

        var owner = opened.Owner ?? "";
        database.Execute(
            """
            DELETE FROM submissions WHERE owner = $1 AND key = $2
                AND NOT EXISTS (SELECT 1 FROM batches AS b WHERE b.id = submissions.batch)
            """,
            owner,
            submission.Key
        );
        database.Execute(
            "INSERT INTO submissions (owner, key, digest, batch) VALUES ($1, $2, $3, $4)",
            owner,
            submission.Key,
            submission.Digest,
            opened.Id.Value
        );
    }

    /// <summary>Writes an entry that concerns a batch as a whole.</summary>
    public void Write(JournalEntry entry)
    {
        switch (entry)
        {
            case TaskLogRead log:
                Keep(log);
                break;

            case SolveSeen solve:
                Keep(solve);
                break;

            case BatchResumed resumed:
                Resume(resumed);
                break;

            case BatchWarned warned:
                Warn(warned);
                break;

            case ControlsSet set:
                Control(set);
                break;

            case BatchEnded ended:
                End(ended);
                break;

            default:
                throw new InvalidOperationException($"The journal has no row for {entry.GetType().Name}.");
        }
    }

    private void Resume(BatchResumed resumed)
    {
        database.Execute(
            "UPDATE batches SET ended_at = NULL, ended_how = NULL, reason = NULL WHERE number = $1",
            resumed.Batch
        );
        database.Execute("DELETE FROM warnings WHERE batch = $1", resumed.Batch);
        database.Execute(RunRow.TakeBack, resumed.Batch);
        _execution.Run(resumed.Batch, Timestamps.ToText(resumed.At), "resumed", null);
    }

    private void Control(ControlsSet set)
    {
        foreach (var setting in set.Settings)
        {
            database.Execute(
                """
                INSERT INTO controls (batch, step, at, name, value, author)
                SELECT $1, coalesce(max(step), 0) + 1, $2, $3, $4, $5 FROM controls WHERE batch = $1
                """,
                set.Batch,
                Timestamps.ToText(setting.At),
                setting.Name,
                setting.Value,
                setting.Author
            );
        }
    }

    private void Warn(BatchWarned warned)
    {
        if (warned.Message is { } message)
        {
            database.Execute(
                """
                INSERT INTO warnings (batch, subject, message, at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (batch, subject) DO UPDATE SET message = excluded.message, at = excluded.at
                """,
                warned.Batch,
                warned.Subject,
                message,
                Timestamps.ToText(warned.At)
            );
        }
        else
        {
            database.Execute("DELETE FROM warnings WHERE batch = $1 AND subject = $2", warned.Batch, warned.Subject);
        }
    }

    private void Keep(SolveSeen solve)
    {
        var (run, status, at) = solve.Solve;
        database.Execute(
            """
            INSERT INTO solves (batch, run, at, incumbent, bound, gap) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (batch, run) DO UPDATE
                SET at = excluded.at, incumbent = excluded.incumbent, bound = excluded.bound, gap = excluded.gap
            """,
            solve.Batch,
            run,
            Timestamps.ToText(at),
            status.Incumbent,
            status.Bound,
            status.Gap
        );
    }

    private void Keep(TaskLogRead log)
    {
        database.Execute(
            """
            INSERT INTO logs (batch, run, task_id, at, text) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (batch, run, task_id) DO UPDATE SET at = excluded.at, text = excluded.text
            """,
            log.Batch,
            log.Run,
            log.Task.Value,
            Timestamps.ToText(log.At),
            log.Text
        );
        database.Execute(
            """
            INSERT INTO sizes (batch, responses, events) VALUES ($1, 0, $2)
            ON CONFLICT (batch) DO UPDATE SET events = sizes.events + excluded.events
            """,
            log.Batch,
            log.Text.Length
        );
    }

    private void End(BatchEnded ended)
    {
        var how = KebabEnum<BatchEnd>.Of(ended.End);
        database.Execute(
            "UPDATE batches SET ended_at = $2, ended_how = $3, reason = $4 WHERE number = $1",
            ended.Batch,
            Timestamps.ToText(ended.At),
            how,
            ended.Reason
        );
        _execution.Run(ended.Batch, Timestamps.ToText(ended.At), how, ended.Reason);
        if (ended.End is BatchEnd.AllRunsEnded or BatchEnd.Cancelled)
        {
            TakeBackControls(ended);
        }
    }

    /// <summary>
    /// A pause that came with the last run would hold back a later retry, and a cancel would end it. A batch that is cancelled may have tasks
    /// left that its cancel has yet to end.
    /// </summary>
    private void TakeBackControls(BatchEnded ended)
    {
        var log = new ControlLog(
            database.All("SELECT * FROM controls WHERE batch = $1 ORDER BY step", RowMapping.Control, ended.Batch)
        );
        if (log.Pause is not null)
        {
            Control(new ControlsSet(ended.Batch, [ControlLog.Pausing(isPaused: false, ended.At, "the batch's end")]));
        }

        if (ended.End == BatchEnd.AllRunsEnded)
        {
            Control(new ControlsSet(ended.Batch, log.TakeBack(ended.At)));
        }
    }

    public void Dispose() => _execution.Dispose();

    private void Attach(long batch, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        foreach (var (name, bytes) in files)
        {
            database.Execute(
                "INSERT INTO attachments (batch, name, sha256) VALUES ($1, $2, $3)",
                batch,
                name,
                database.Keep(bytes)
            );
        }
    }
}
