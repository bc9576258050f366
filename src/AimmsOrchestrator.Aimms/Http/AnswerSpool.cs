using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// The temporary file of a large answer, which is gone once this is disposed of. What goes wrong with it is no fault of the service, and
/// the task keeps its response: a person makes room, and the batch continues.
/// </summary>
internal sealed class AnswerSpool : IAsyncDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;

    /// <param name="folder">Where the file stands.</param>
    /// <exception cref="AnswerException">The file cannot be made.</exception>
    public AnswerSpool(string folder)
    {
        _folder = folder;
        try
        {
            // Without a buffer of its own: what is written is large, and closing the file writes nothing more.
            _file = new FileStream(
                Path.Combine(folder, $"aimms-batch-{Guid.NewGuid():N}"),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous
            );
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw NotKept(e);
        }
    }

    /// <summary>Appends a piece of the answer.</summary>
    /// <exception cref="AnswerException">The file cannot grow.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw NotKept(e);
        }
    }

    /// <summary>All of the answer.</summary>
    /// <exception cref="AnswerException">The file cannot be read.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var body = GC.AllocateUninitializedArray<byte>((int)_file.Length);
            _file.Position = 0;
            await _file.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
            return body;
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw NotKept(e);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static bool IsOfFile(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Every other large answer would meet the same.</summary>
    private AnswerException NotKept(Exception error)
    {
        var name = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        return new AnswerException(
            FaultKind.Misdirected,
            $"the answer cannot be kept in {_folder} (make room there, or set {name}): {error.Message}",
            error
        );
    }
}
