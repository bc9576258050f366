using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Startup;
using AimmsOrchestrator.Cli.Terminal;

OpenSslFallback.Use();
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
