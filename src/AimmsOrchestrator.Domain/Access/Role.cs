namespace AimmsOrchestrator.Domain.Access;

/// <summary>What a caller of a server may do; each role may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Submits batches; stops and changes its own.</summary>
    Runner,

    /// <summary>Stops and changes any batch, and sees who did what.</summary>
    Admin,
}
