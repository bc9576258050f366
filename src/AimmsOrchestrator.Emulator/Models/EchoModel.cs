namespace AimmsOrchestrator.Emulator.Models;

/// <summary>Answers what it was sent, byte for byte, with the type it was sent with.</summary>
internal sealed class EchoModel : IModel
{
    public string Name => "echo";

    public Task<ModelAnswer> RunAsync(ModelCall call) => Task.FromResult(new ModelAnswer(call.Body, call.MediaType));
}
