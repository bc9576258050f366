using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.CrashHost;

// The program with a journal that stands still where AIMMS_BATCH_HALT says so; the file `halted` in the default workspace
// appears then.
var point = Environment.GetEnvironmentVariable("AIMMS_BATCH_HALT")!;
var mark = Path.Combine(".aimms-batch", "halted");
return await CommandRunner.RunAsync(args, new Screen(), journal => new CrashPointJournal(journal, point, mark));
