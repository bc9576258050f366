using System.ComponentModel;
using System.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Runs the program that has a key, without a shell; what it writes to standard error goes to this program's.</summary>
internal static class KeyCommand
{
    /// <summary>A password store may ask its owner first.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>What the program printed, or why that is of no use.</summary>
    public static (string Text, string? Problem) Run(KeySource.Command command)
    {
        var start = new ProcessStartInfo(command.Words[0]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var word in command.Words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            using var process = Process.Start(start)!;
            var lines = new List<string>();
            process.OutputDataReceived += (_, line) => lines.Add(line.Data ?? "");
            process.BeginOutputReadLine();
            if (!process.WaitForExit(LongestWait))
            {
                process.Kill(entireProcessTree: true);
                return ("", $"{command.Description} did not end within {LongestWait.TotalMinutes:0} minutes");
            }

            process.WaitForExit();
            return process.ExitCode == 0
                ? (string.Join('\n', lines), null)
                : ("", $"{command.Description} ended with exit code {process.ExitCode}");
        }
        catch (Win32Exception e)
        {
            // The exception's own message repeats the program and the current folder.
            return ("", $"{command.Description} cannot be run: {new Win32Exception(e.NativeErrorCode).Message}");
        }
    }
}
