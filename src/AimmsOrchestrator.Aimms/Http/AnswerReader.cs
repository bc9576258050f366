using System.Buffers;
using System.Globalization;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// Reads an answer's body within limits of size, memory and time. A large one goes through a temporary file, so that it is in
/// memory once, and only while no other large one is.
/// </summary>
internal static class AnswerReader
{
    private const int PieceSize = 64 * 1024;

    /// <summary>The body, and the lease of its memory where it is large.</summary>
    /// <param name="message">The answer, of which only the headers were read.</param>
    /// <param name="largest">The most bytes of the body, decompressed.</param>
    /// <param name="timeout">The longest time to read it; the wait for memory does not count.</param>
    /// <param name="folder">Where a large one stands meanwhile.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AnswerException">It is larger, cannot be decoded or kept, or does not come to its end.</exception>
    public static async Task<(byte[] Body, IDisposable? Lease)> ReadAsync(
        HttpResponseMessage message,
        long largest,
        TimeSpan timeout,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var declared = message.Content.Headers.ContentLength;
        if (declared == 0)
        {
            return ([], null);
        }

        if (declared > largest)
        {
            throw TooLarge(largest);
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            await using var stream = await message.Content.ReadAsStreamAsync(limited.Token).ConfigureAwait(false);
            var beginning = new MemoryStream((int)Math.Min(declared ?? PieceSize, AnswerBudget.Small));
            if (await CopyAsync(stream, beginning.WriteAsync, AnswerBudget.Small, limited.Token).ConfigureAwait(false))
            {
                return Checked(ToArray(beginning), largest);
            }

            await using var spool = new AnswerSpool(folder);
            var read = beginning.GetBuffer().AsMemory(0, (int)beginning.Length);
            await spool.WriteAsync(read, limited.Token).ConfigureAwait(false);
            var rest = largest - beginning.Length;
            if (!await CopyAsync(stream, spool.WriteAsync, rest, limited.Token).ConfigureAwait(false))
            {
                throw TooLarge(largest);
            }

            limited.CancelAfter(Timeout.InfiniteTimeSpan);
            return await LoadAsync(spool, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AnswerException(FaultKind.Unreachable, "no answer in time");
        }
        catch (IOException e) when (e is not HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse })
        {
            // Also of a connection that was reset: another try may get all of it.
            throw new AnswerException(FaultKind.Broken, "the connection broke before the answer was there", e);
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or HttpRequestException or InvalidOperationException)
        {
            var why = e is InvalidDataException or InvalidOperationException
                ? "its compression is broken or ends early"
                : e.GetBaseException().Message;
            throw new AnswerException(FaultKind.Unreadable, $"the answer cannot be read: {why}", e);
        }
    }

    /// <summary>An error's body: its beginning, which has all that is shown of it, or what came of that.</summary>
    public static async Task<byte[]> ReadBeginningAsync(
        HttpResponseMessage message,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        var beginning = new MemoryStream();
        try
        {
            await using var stream = await message.Content.ReadAsStreamAsync(limited.Token).ConfigureAwait(false);
            await CopyAsync(stream, beginning.WriteAsync, PieceSize, limited.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or HttpRequestException or InvalidOperationException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // The status says what matters.
        }

        return beginning.ToArray();
    }

    /// <summary>Copies until the end, or until more than <paramref name="most"/> bytes are copied; whether the end was reached.</summary>
    private static async Task<bool> CopyAsync(
        Stream input,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        long most,
        CancellationToken cancellationToken
    )
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (var copied = 0L; copied <= most; )
            {
                var count = await input.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return true;
                }

                await write(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                copied += count;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task<(byte[] Body, IDisposable? Lease)> LoadAsync(
        AnswerSpool spool,
        CancellationToken cancellationToken
    )
    {
        var lease = await AnswerBudget.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (await spool.ReadAsync(cancellationToken).ConfigureAwait(false), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private static byte[] ToArray(MemoryStream stream) =>
        stream.Length == stream.Capacity ? stream.GetBuffer() : stream.ToArray();

    private static (byte[] Body, IDisposable? Lease) Checked(byte[] body, long largest) =>
        body.Length > largest ? throw TooLarge(largest) : (body, null);

    private static AnswerException TooLarge(long largest) =>
        new(
            FaultKind.Hopeless,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the answer is larger than {Size(largest)}, the most that this program reads of one (limits.answer)"
            )
        );

    private static string Size(long bytes) =>
        bytes % (1 << 20) == 0 ? $"{bytes >> 20} MB"
        : bytes % (1 << 10) == 0 ? $"{bytes >> 10} kB"
        : $"{bytes} bytes";
}
