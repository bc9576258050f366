using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator;

/// <summary>The emulator as a server.</summary>
public sealed class TaskServiceEmulatorTests : EmulatorTest
{
    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        await using var service = await StartAsync(new EmulatorOptions());

        await Assert.ThrowsAsync<PortInUseException>(() =>
            StartAsync(new EmulatorOptions { Port = service.Address.Port })
        );
    }
}
