using System.Buffers;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A document cut up at its holes: a run only copies what stays and writes what differs.</summary>
internal sealed class TemplateSegments
{
    private readonly (byte[] Bytes, int Hole)[] _pieces;
    private readonly bool _isCanonical;

    private TemplateSegments((byte[] Bytes, int Hole)[] pieces, bool isCanonical)
    {
        _pieces = pieces;
        _isCanonical = isCanonical;
    }

    /// <summary>The whole document, where it has no holes; null where it has.</summary>
    public byte[]? Constant => _pieces is [{ Hole: < 0 }] ? _pieces[0].Bytes : null;

    public void Render(IBufferWriter<byte> output, ReadOnlySpan<Value> fillings)
    {
        foreach (var (bytes, hole) in _pieces)
        {
            output.Write(
                hole < 0 ? bytes
                : _isCanonical ? fillings[hole].Canonical
                : fillings[hole].Utf8
            );
        }
    }

    internal sealed class Builder(bool isCanonical)
    {
        private readonly List<(byte[] Bytes, int Hole)> _pieces = [];
        private readonly ArrayBufferWriter<byte> _written = new(1024);

        public IBufferWriter<byte> Output => _written;

        public void AddPlaceholder(int number)
        {
            Flush();
            _pieces.Add(([], number));
        }

        public TemplateSegments Build()
        {
            Flush();
            return new TemplateSegments([.. _pieces], isCanonical);
        }

        private void Flush()
        {
            if (_written.WrittenCount > 0)
            {
                _pieces.Add((_written.WrittenSpan.ToArray(), -1));
                _written.ResetWrittenCount();
            }
        }
    }
}
