using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.Answers;

/// <summary>
/// What is written whole before any of it is sent: writers of text are synchronous, which a connection is not, others seek, and
/// what goes wrong becomes an answer of its own.
/// </summary>
internal static class StagedFile
{
    /// <param name="write">Writes all of it.</param>
    /// <param name="begin">Sets the headers once it is written.</param>
    /// <param name="context">The request.</param>
    public static async Task SendAsync(Func<Stream, Task> write, Action begin, HttpContext context)
    {
        var cancellation = context.RequestAborted;

        // A file of this name is one that only its owner may read.
        var file = new FileStream(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        await using (file)
        {
            await Task.Run(() => write(file), cancellation);
            begin();
            context.Response.ContentLength = file.Length;
            file.Position = 0;
            await file.CopyToAsync(context.Response.Body, cancellation);
        }
    }
}
