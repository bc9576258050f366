using System.Buffers;
using System.Text;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>Writes nodes as JSON, in their own order; numbers keep their digits.</summary>
internal class NodeWriter(IBufferWriter<byte> output)
{
    protected IBufferWriter<byte> Output { get; } = output;

    public void Write(Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                Output.Write("{"u8);
                var isFirst = true;
                foreach (var member in MembersOf(mapping))
                {
                    Output.Write(isFirst ? [] : ","u8);
                    isFirst = false;
                    JsonText.WriteString(Output, member.Name);
                    Output.Write(":"u8);
                    Write(member.Value);
                }

                Output.Write("}"u8);
                break;
            case SequenceNode sequence:
                Output.Write("["u8);
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Output.Write(i == 0 ? [] : ","u8);
                    Write(sequence.Items[i]);
                }

                Output.Write("]"u8);
                break;
            case ScalarNode scalar:
                WriteScalar(scalar);
                break;
        }
    }

    protected virtual IEnumerable<Member> MembersOf(MappingNode mapping) => mapping.Members;

    protected virtual void WriteScalar(ScalarNode scalar)
    {
        if (scalar.Kind is ScalarKind.String or ScalarKind.NotFinite)
        {
            JsonText.WriteString(Output, scalar.Text);
        }
        else
        {
            Encoding.ASCII.GetBytes(scalar.Json, Output);
        }
    }
}
