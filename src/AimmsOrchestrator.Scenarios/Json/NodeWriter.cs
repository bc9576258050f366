using System.Buffers;
using System.Text;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>Writes nodes as JSON, in their own order; numbers keep their digits.</summary>
internal static class NodeWriter
{
    public static void Write(IBufferWriter<byte> output, Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                output.Write("{"u8);
                for (var i = 0; i < mapping.Members.Count; i++)
                {
                    output.Write(i == 0 ? [] : ","u8);
                    JsonText.WriteString(output, mapping.Members[i].Name);
                    output.Write(":"u8);
                    Write(output, mapping.Members[i].Value);
                }

                output.Write("}"u8);
                break;
            case SequenceNode sequence:
                output.Write("["u8);
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    output.Write(i == 0 ? [] : ","u8);
                    Write(output, sequence.Items[i]);
                }

                output.Write("]"u8);
                break;
            case ScalarNode { Kind: ScalarKind.String or ScalarKind.NotFinite } text:
                JsonText.WriteString(output, text.Text);
                break;
            case ScalarNode scalar:
                Encoding.ASCII.GetBytes(scalar.Json, output);
                break;
        }
    }
}
