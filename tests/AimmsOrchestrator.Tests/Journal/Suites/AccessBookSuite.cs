using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Tokens, submissions and what people did, seen by several processes.</summary>
public abstract class AccessBookSuite(IWorkspaceAdapter adapter) : JournalSuite(adapter)
{
    private static readonly byte[] Hash = [1, 2, 0, 3];

    private IWorkspace Workspace { get; } = adapter.Workspace;

    private IWorkspace Other { get; } = adapter.Other;

    [SuiteFact]
    public void A_token_is_found_by_its_hash_and_its_name_is_taken_for_good()
    {
        using var book = Workspace.OpenAccessBook();
        var token = new AccessToken("alice", Role.Runner, At);
        Assert.True(book.Add(token, Hash));
        Assert.False(book.Add(token, [4]));

        using var other = Other.OpenAccessBook();
        Assert.Equal(token, other.Find(Hash));
        Assert.Null(other.Find([9]));
        other.Use("alice", At.AddMinutes(1));
        Assert.True(other.Revoke("alice", At.AddMinutes(2)));
        Assert.False(book.Revoke("alice", At.AddMinutes(3)));
        Assert.False(book.Add(token, [5]));
        Assert.Equal(
            token with
            {
                UsedAt = At.AddMinutes(1),
                RevokedAt = At.AddMinutes(2),
            },
            Assert.Single(book.Tokens())
        );
    }

    [SuiteFact]
    public void What_people_did_is_listed_newest_first_and_by_batch()
    {
        using var book = Workspace.OpenAccessBook();
        AuditEntry[] entries =
        [
            new(At, "alice", "submit", "a-1", "ü"),
            new(At.AddSeconds(1), "bob", "sign-in", Batch: null, Detail: null),
            new(At.AddSeconds(2), "alice", "cancel", "a-1", Detail: null),
        ];
        Assert.All(entries, book.Append);

        using var other = Other.OpenAccessBook();
        Assert.Equal(entries.Reverse(), other.Audit(batch: null, 10));
        Assert.Equal([entries[2], entries[0]], other.Audit("a-1", 10));
        Assert.Equal([entries[2]], other.Audit(batch: null, 1));
    }

    [SuiteFact]
    public async Task A_submission_opens_one_batch()
    {
        var submission = new Submission("k", [7, 0, 8]);
        var opened = await Writer.OpenBatchAsync(SomeBatch("a") with { Owner = "alice", Submission = submission });

        using var book = Other.OpenAccessBook();
        var (batch, digest) = book.FindSubmission("alice", "k")!.Value;
        Assert.Equal(opened.Id.Value, batch);
        Assert.Equal(submission.Digest, digest);
        Assert.Null(book.FindSubmission("bob", "k"));
        await Assert.ThrowsAsync<JournalException>(async () =>
            await Writer.OpenBatchAsync(SomeBatch("a") with { Owner = "alice", Submission = submission })
        );
        Assert.Equal("a-2", (await OpenAsync()).Id.Value);
    }

    [SuiteFact]
    public async Task The_submission_of_a_batch_that_was_removed_opens_another_one()
    {
        var again = SomeBatch("a") with { Owner = "alice", Submission = new Submission("k", [1]) };
        var removed = await Writer.OpenBatchAsync(again with { Submission = new Submission("k", [7, 0, 8]) });
        using (var upkeep = Workspace.OpenUpkeep())
        {
            upkeep.Remove(removed.Number, At);
        }

        using var book = Other.OpenAccessBook();
        Assert.Null(book.FindSubmission("alice", "k"));
        var opened = await Writer.OpenBatchAsync(again);

        var (batch, digest) = book.FindSubmission("alice", "k")!.Value;
        Assert.Equal(("a-2", "a-2"), (opened.Id.Value, batch));
        Assert.Equal(again.Submission!.Digest, digest);
        await Assert.ThrowsAsync<JournalException>(async () => await Writer.OpenBatchAsync(again));
    }

    [SuiteFact]
    public void Servers_share_the_keys_of_their_sessions()
    {
        using var book = Workspace.OpenAccessBook();
        book.AddSessionKey("b", "<key>2</key>");
        book.AddSessionKey("a", "<key>1</key>");

        using var other = Other.OpenAccessBook();
        Assert.Equal(["<key>1</key>", "<key>2</key>"], other.SessionKeys());
    }
}
