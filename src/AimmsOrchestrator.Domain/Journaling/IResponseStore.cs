namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The responses of tasks, byte for byte.</summary>
public interface IResponseStore
{
    /// <summary>The responses of a batch's runs, in the runs' order, streamed without their bytes.</summary>
    IEnumerable<StoredResponse> Responses(long batch);

    /// <summary>Copies a run's response in pieces; false where the journal has none.</summary>
    bool CopyResponse(long batch, long index, Stream output);
}

/// <summary>A response that is in the journal.</summary>
/// <param name="Run">The run's place in its batch.</param>
/// <param name="Name">The run's name.</param>
/// <param name="MediaType">What the service said it is; null where it said nothing.</param>
public sealed record StoredResponse(long Run, string Name, string? MediaType);
