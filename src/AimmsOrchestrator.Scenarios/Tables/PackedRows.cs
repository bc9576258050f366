using System.Buffers;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// The rows of a table in about as many bytes as their JSON has: an object per cell would take some twenty times as much.
/// A row is packed when it is added, and its values are made anew whenever it is read.
/// </summary>
/// <remarks>
/// A row is its length and then its cells. Each cell begins with a number: 0, followed by how many cells are missing; 1 for
/// null; otherwise one more than the length of the JSON that follows. Missing cells at the end are left out. Numbers have
/// seven bits per byte, the lowest first.
/// </remarks>
internal sealed class PackedRows
{
    /// <summary>The most bytes of all rows.</summary>
    public const long MaxBytes = 160L << 20;

    private const int RowsPerBlock = 64;
    private const int Missing = 0;
    private const int Null = 1;

    private readonly List<byte[]> _blocks = [];
    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly ArrayBufferWriter<byte> _row = new();
    private long _bytes;
    private bool _isComplete;

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a row; false where the rows are more than fit.</summary>
    /// <param name="cells">Its cells by column; null for a cell that it does not have.</param>
    public bool Add(ReadOnlySpan<Value?> cells)
    {
        if (_bytes > MaxBytes)
        {
            return false;
        }

        Pack(cells);
        Write(_block, _row.WrittenCount);
        _block.Write(_row.WrittenSpan);
        _bytes += _row.WrittenCount;
        _row.ResetWrittenCount();
        if (++Count % RowsPerBlock == 0)
        {
            Flush();
        }

        return true;
    }

    /// <summary>Ends the adding; rows can be read from now on, by several threads.</summary>
    public PackedRows Complete()
    {
        if (!_isComplete && Count % RowsPerBlock != 0)
        {
            Flush();
        }

        _isComplete = true;
        _block.Clear();
        _row.Clear();
        return this;
    }

    /// <summary>The cells of a row, from its first.</summary>
    public Cells this[int row]
    {
        get
        {
            ReadOnlySpan<byte> rest = _blocks[row / RowsPerBlock];
            for (var before = row % RowsPerBlock; before > 0; before--)
            {
                Skip(ref rest);
            }

            var size = Read(ref rest);
            return new Cells(rest[..size]);
        }
    }

    private void Pack(ReadOnlySpan<Value?> cells)
    {
        var missing = 0;
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                missing++;
                continue;
            }

            if (missing > 0)
            {
                Write(_row, Missing);
                Write(_row, missing);
                missing = 0;
            }

            if (ReferenceEquals(cell, Value.Null))
            {
                Write(_row, Null);
            }
            else
            {
                Write(_row, cell.Utf8.Length + 1);
                _row.Write(cell.Utf8);
            }
        }
    }

    private void Flush()
    {
        _blocks.Add(_block.WrittenSpan.ToArray());
        _block.ResetWrittenCount();
    }

    private static void Write(ArrayBufferWriter<byte> output, int number)
    {
        var left = (uint)number;
        for (; left >= 0x80; left >>= 7)
        {
            output.GetSpan(1)[0] = (byte)(left | 0x80);
            output.Advance(1);
        }

        output.GetSpan(1)[0] = (byte)left;
        output.Advance(1);
    }

    private static void Skip(ref ReadOnlySpan<byte> rest)
    {
        var size = Read(ref rest);
        rest = rest[size..];
    }

    private static int Read(ref ReadOnlySpan<byte> rest)
    {
        var (number, shift, at) = (0, 0, 0);
        while (rest[at] >= 0x80)
        {
            number |= (rest[at++] & 0x7F) << shift;
            shift += 7;
        }

        number |= rest[at] << shift;
        rest = rest[(at + 1)..];
        return number;
    }

    /// <summary>Walks the cells of one row that it has.</summary>
    public ref struct Cells
    {
        private ReadOnlySpan<byte> _rest;

        internal Cells(ReadOnlySpan<byte> row) => _rest = row;

        /// <summary>The column of this cell, from 0.</summary>
        public int Column { get; private set; } = -1;

        /// <summary>This cell's JSON.</summary>
        public ReadOnlySpan<byte> Json { get; private set; }

        /// <summary>This cell's value.</summary>
        public readonly Value Value => Value.Packed(Json);

        /// <summary>Goes to the next cell that the row has.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Column++;
            var number = Read(ref _rest);
            if (number == Missing)
            {
                Column += Read(ref _rest);
                number = Read(ref _rest);
            }

            Json = number == Null ? Value.Null.Utf8 : _rest[..(number - 1)];
            _rest = number == Null ? _rest : _rest[(number - 1)..];
            return true;
        }
    }
}
