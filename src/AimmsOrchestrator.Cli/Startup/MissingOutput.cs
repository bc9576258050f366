using System.Text;

namespace AimmsOrchestrator.Cli.Startup;

/// <summary>Stands for a standard output that the program was started without: what is written to it is an error.</summary>
internal sealed class MissingOutput : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    /// <exception cref="IOException">Always.</exception>
    public override void Write(char value) => throw Error();

    /// <summary>What writing to it ends in.</summary>
    public static IOException Error() => new("standard output is closed");
}
