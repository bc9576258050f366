using System.Text;

namespace AimmsOrchestrator.Cli.Startup;

/// <summary>
/// Text on standard output and error is UTF-8, in pipes too. Windows would write it in the machine's old code page, which has no
/// letters of other scripts and no ellipsis.
/// </summary>
internal static class Utf8Output
{
    /// <summary>Before anything is written.</summary>
    public static void Use()
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        catch (IOException)
        {
            // A console that has no other code page: its letters are better than none.
        }
    }
}
