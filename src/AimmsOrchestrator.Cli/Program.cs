using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;

// For every client in the process: services, notifications, telemetry.
HttpClient.DefaultProxy = new ServiceProxy(HttpClient.DefaultProxy);

return await CommandLine.RunAsync(args, new Screen());
