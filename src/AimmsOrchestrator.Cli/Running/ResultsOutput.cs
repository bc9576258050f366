using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Startup;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Shows how a batch went, and writes the file for a CI server.</summary>
/// <param name="screen">Where output goes.</param>
/// <param name="wanted">What is wanted of it.</param>
internal sealed class ResultsOutput(Screen screen, OutputOptions wanted)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="UserErrorException">Standard output cannot be written; all else was.</exception>
    public async Task<int> ShowAsync(SummaryContents contents)
    {
        var error = TryShow(contents);
        await WriteJUnitAsync(contents);
        return error is null ? ExitCode.Of(contents.Conclusion, contents.End) : throw error;
    }

    /// <returns>Why standard output cannot be written, which must not keep anything else from being written; null where it can.</returns>
    public UserErrorException? TryShow(SummaryContents contents)
    {
        try
        {
            new BatchSummary(contents).Show(screen, wanted);
            return null;
        }
        catch (IOException e)
        {
            // A person who closes standard output wants no table; JSON that was asked for is missed.
            var error = new UserErrorException($"the results cannot be shown: {e.Message}", e);
            if (!ClosedStreams.HasNoOutput || wanted.AsJson)
            {
                return error;
            }

            screen.Complain(error.Message);
            return null;
        }
    }

    /// <summary>
    /// Written also where the batch stopped, with every expectation skipped: a CI server would take the file of an earlier
    /// batch for this one's. A file that cannot be written changes nothing about the batch.
    /// </summary>
    public async Task WriteJUnitAsync(SummaryContents contents)
    {
        if (wanted.JUnit is not { } file)
        {
            return;
        }

        try
        {
            await new ExpectationCheck(contents.JUnit).WriteJUnitAsync(file, contents.Document.Batch);
        }
        catch (UserErrorException e)
        {
            screen.Complain(e.Message);
        }
    }
}
