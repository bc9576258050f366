using System.Buffers.Binary;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace AimmsOrchestrator.Journal;

/// <summary>
/// Remembers which runs' expressions are being evaluated, beyond the death of the process: a file of small slots beside the
/// batch's claim. A run that was under evaluation in two processes that died is not evaluated a third time, or every
/// <c>resume</c> would die of it. Two writes of 16 bytes per marked run, and no wait for a disk: a process's writes outlive it.
/// </summary>
public sealed class EvaluationMarks : IEvaluationMarks
{
    /// <summary>After this number of deaths a run is not evaluated again.</summary>
    private const int MostDeaths = 2;

    private const int SlotSize = 16;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<long, Suspect> _suspects = [];
    private readonly Dictionary<long, int> _open = [];
    private readonly SortedSet<int> _free = [];
    private int _slots;

    private EvaluationMarks(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
        Read();
    }

    /// <summary>Opens a batch's marks and counts the deaths that they show. For the process that has the batch's claim.</summary>
    /// <param name="folder">Where the claims are.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="Domain.Journaling.JournalException">The workspace cannot be written.</exception>
    public static EvaluationMarks Open(string folder, BatchId batch)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, $"{batch.Value}.evaluating");
        try
        {
            Directory.CreateDirectory(folder);
            return new EvaluationMarks(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite));
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.With(folder, e);
        }
        catch (IOException e)
        {
            throw SqliteErrors.With(folder, e);
        }
    }

    /// <summary>
    /// Marks a run; false where two processes died of it, and then its marks are gone: a later <c>retry</c> evaluates it anew.
    /// </summary>
    public bool TryBegin(long run)
    {
        lock (_gate)
        {
            var deaths = 0;
            if (_suspects.Remove(run, out var suspect))
            {
                Release(suspect.Slot);
                if (suspect.Deaths >= MostDeaths)
                {
                    return false;
                }

                deaths = suspect.Deaths;
            }

            var slot = _free.Count > 0 ? _free.Min : _slots++;
            _free.Remove(slot);
            _open[run] = slot;
            Write(slot, run + 1, deaths, isOpen: true);
            return true;
        }
    }

    /// <summary>The evaluation is over, however it went.</summary>
    public void Complete(long run)
    {
        lock (_gate)
        {
            if (_open.Remove(run, out var slot))
            {
                Release(slot);
            }
        }
    }

    /// <summary>Removes the file where nothing is marked.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (_suspects.Count == 0 && _open.Count == 0)
        {
            File.Delete(_path);
        }
    }

    private void Read()
    {
        Span<byte> slot = stackalloc byte[SlotSize];
        while (RandomAccess.Read(_file, slot, (long)_slots * SlotSize) == SlotSize)
        {
            var at = _slots++;
            var run = BinaryPrimitives.ReadInt64LittleEndian(slot) - 1;
            var deaths = BinaryPrimitives.ReadInt32LittleEndian(slot[8..]) + (slot[12] == 0 ? 0 : 1);
            if (run >= 0 && deaths > 0 && _suspects.TryAdd(run, new Suspect(at, deaths)))
            {
                Write(at, run + 1, deaths, isOpen: false);
            }
            else
            {
                _free.Add(at);
            }
        }
    }

    private void Release(int slot)
    {
        _free.Add(slot);
        Write(slot, 0, 0, isOpen: false);
    }

    private void Write(int slot, long run, int deaths, bool isOpen)
    {
        Span<byte> bytes = stackalloc byte[SlotSize];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, run);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], deaths);
        bytes[12] = isOpen ? (byte)1 : (byte)0;
        try
        {
            RandomAccess.Write(_file, bytes, (long)slot * SlotSize);
        }
        catch (IOException)
        {
            // A full disk stops the batch where its journal is written; without a mark only this protection is missing.
        }
    }

    private sealed record Suspect(int Slot, int Deaths);
}
