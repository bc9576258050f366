using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>What is asked and written of nodes, and of the batches that they have.</summary>
internal static class NodeStatements
{
    /// <summary>
    /// Writes that a node lives: its name, description, address and version, whether it leaves, how many of its appends were refused.
    /// The row stays locked to the commit, so that none takes a batch from the node meanwhile.
    /// </summary>
    public const string Sign = """
        INSERT INTO nodes (node, description, address, version, joined, seen, leaving, refused)
        VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp(), $5, $6)
        ON CONFLICT (node) DO UPDATE SET seen = clock_timestamp(), leaving = excluded.leaving, refused = excluded.refused
        """;

    /// <summary>The batches that a node has.</summary>
    public const string Owned = "SELECT number, epoch, leave_asked FROM batches WHERE node = $1";

    /// <summary>Gives a batch up, as long as it has this epoch.</summary>
    public const string Release = "UPDATE batches SET node = NULL, leave_asked = 0 WHERE number = $1 AND epoch = $2";

    /// <summary>Takes a batch (<c>$1</c>) for a node (<c>$2</c>), as long as the node has it that was seen (<c>$3</c>).</summary>
    public const string Take = """
        UPDATE batches SET epoch = epoch + 1, node = $2, claimed_at = clock_timestamp(), leave_asked = 0
        WHERE number = $1 AND node IS NOT DISTINCT FROM $3
        RETURNING epoch
        """;

    /// <summary>Forgets nodes that are long gone.</summary>
    public const string ForgetOld = """
        DELETE FROM nodes AS n WHERE n.seen < clock_timestamp() - interval '1 day'
            AND NOT EXISTS (SELECT 1 FROM batches AS b WHERE b.node = n.node)
        """;

    public const string Forget = "DELETE FROM nodes WHERE node = $1";

    /// <summary>Whether a node lives, by its row <c>n</c>.</summary>
    public static readonly string IsAlive = FormattableString.Invariant(
        $"n.seen > clock_timestamp() - make_interval(secs => {OwnershipTimes.DeadAfter.TotalSeconds})"
    );

    /// <summary>
    /// The node that has the batch <c>$1</c>, and whether it lives. Its row is locked: a sign of life that is on its way is waited for,
    /// and finds out what becomes of the batch.
    /// </summary>
    public static readonly string Holder =
        $"SELECT n.node, {IsAlive} AS lives FROM nodes AS n WHERE n.node = (SELECT b.node FROM batches AS b WHERE b.number = $1) FOR UPDATE";

    /// <summary>
    /// The batch <c>$1</c>, if a node has it: also one that gives no sign of life, unless the batch has ended. It may have stood still,
    /// and go on to write as long as no other node has taken the batch.
    /// </summary>
    public static readonly string Kept = $"""
        SELECT b.number FROM batches AS b
        WHERE b.id = $1 AND b.node IS NOT NULL AND (
            b.ended_how IS NULL OR b.ended_how = 'interrupted'
            OR EXISTS (SELECT 1 FROM nodes AS n WHERE n.node = b.node AND {IsAlive}))
        """;

    /// <summary>The batches that living nodes have.</summary>
    public static readonly string Held =
        $"SELECT b.id, n.description FROM batches AS b JOIN nodes AS n ON n.node = b.node WHERE {IsAlive}";
}
