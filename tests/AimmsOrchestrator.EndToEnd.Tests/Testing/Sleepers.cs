using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>A batch of tasks that sleep, and the service that they sleep at.</summary>
internal static class Sleepers
{
    public static Task<TaskServiceEmulator> StartAsync(EmulatorOptions options) =>
        TaskServiceEmulator.StartAsync(options, TimeProvider.System);

    /// <summary>Writes <c>sleepers.yaml</c>.</summary>
    public static void WriteSleepers(
        this ProgramFolder folder,
        Uri address,
        int runs,
        double seconds,
        int concurrency
    ) =>
        folder.Write(
            "sleepers.yaml",
            FormattableString.Invariant(
                $$$"""
                name: sleepers
                service: { url: "{{{address}}}", name: sleep }
                sweep: { matrix: { n: { from: 1, to: {{{runs}}}, step: 1 } } }
                request: { json: { n: "${{ n }}", seconds: {{{seconds}}} } }
                limits: { concurrency: {{{concurrency}}} }
                poll: { every: 10ms }
                retry: { attempts: 6, first: 20ms, max: 200ms, settle: 2s }
                """
            )
        );
}
