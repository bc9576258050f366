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
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            };
            if (!OperatingSystem.IsWindows())
            {
                // The folder for temporary files belongs to all users of the machine.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            _file = new FileStream(Path.Combine(folder, $"aimms-batch-{Guid.NewGuid():N}"), options);
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
