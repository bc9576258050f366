using System.Buffers;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A document split at its placeholders: a run copies the constant segments and writes its values between them.</summary>
internal sealed class TemplateSegments
{
    private readonly (byte[] Bytes, int Placeholder)[] _segments;
    private readonly bool _isCanonical;

    private TemplateSegments((byte[] Bytes, int Placeholder)[] segments, bool isCanonical)
    {
        _segments = segments;
        _isCanonical = isCanonical;
    }

    /// <summary>The whole document where it has no placeholders; null where it has some.</summary>
    public byte[]? Constant => _segments is [{ Placeholder: < 0 }] ? _segments[0].Bytes : null;

    public void Render(IBufferWriter<byte> output, ReadOnlySpan<Value> fillings)
    {
        foreach (var (bytes, placeholder) in _segments)
        {
            output.Write(
                placeholder < 0 ? bytes
                : _isCanonical ? fillings[placeholder].Canonical
                : fillings[placeholder].Utf8
            );
        }
    }

    internal sealed class Builder(bool isCanonical)
    {
        private readonly List<(byte[] Bytes, int Placeholder)> _segments = [];
        private readonly ArrayBufferWriter<byte> _written = new(1024);

        public bool IsCanonical => isCanonical;

        public IBufferWriter<byte> Output => _written;

        public void AddPlaceholder(int number)
        {
            Flush();
            _segments.Add(([], number));
        }

        public TemplateSegments Build()
        {
            Flush();
            return new TemplateSegments([.. _segments], isCanonical);
        }

        private void Flush()
        {
            if (_written.WrittenCount > 0)
            {
                _segments.Add((_written.WrittenSpan.ToArray(), -1));
                _written.ResetWrittenCount();
            }
        }
    }
}
