namespace AimmsOrchestrator.Emulator.Models;

/// <summary>Its output is its input, byte for byte, with the same media type.</summary>
internal sealed class EchoModel : IModel
{
    public string Name => "echo";

    public Task<ModelOutput> RunAsync(ModelCall call) => Task.FromResult(new ModelOutput(call.Body, call.MediaType));
}
