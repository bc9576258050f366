using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Startup;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Loading;

OpenSslFallback.Use();

// Beside everything until the scenario is read.
if (Array.Find(args, word => word.EndsWith(".yaml", StringComparison.Ordinal)) is { } scenario)
{
    ScenarioLoader.Anticipate(scenario);
}

Utf8Output.Use();
ClosedStreams.Replace();
if (OpenFileLimit.Problem() is { } problem)
{
    Console.Error.TryWriteLine(problem);
    return ExitCode.WrongInput;
}

// For every client in the process: services, notifications, telemetry.
HttpClient.DefaultProxy = new ServiceProxy(HttpClient.DefaultProxy);

return await CommandRunner.RunAsync(args, new Screen());
