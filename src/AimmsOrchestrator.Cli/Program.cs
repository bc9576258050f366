using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;

return await CommandLine.RunAsync(args, new Screen());
