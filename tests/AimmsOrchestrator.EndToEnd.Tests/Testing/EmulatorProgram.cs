using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>The program's own emulator, started as a person would; killed at the end.</summary>
internal sealed partial class EmulatorProgram : IDisposable
{
    private readonly Process _process;

    private EmulatorProgram(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it says that it listens.</summary>
    public Uri Address { get; }

    /// <param name="folder">Its current folder.</param>
    /// <param name="options">Its options but the port, which is a free one.</param>
    public static async Task<EmulatorProgram> StartAsync(ProgramFolder folder, params string[] options)
    {
        var process = folder.Start(["emulator", "--port", "0", .. options]);
        var lines = "";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines += line + "\n";
            if (Listening().Match(line) is { Success: true } said)
            {
                return new EmulatorProgram(process, new Uri(said.Value));
            }
        }

        throw new InvalidOperationException($"The emulator did not start: {lines}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [GeneratedRegex(@"https?://[\d.]+:\d+", RegexOptions.None, 60_000)]
    private static partial Regex Listening();
}
