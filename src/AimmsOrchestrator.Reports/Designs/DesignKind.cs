namespace AimmsOrchestrator.Reports.Designs;

/// <summary>How a sweep's runs lie in the space of its parameters, as far as the choice of charts depends on it.</summary>
internal enum DesignKind
{
    /// <summary>No parameter varies except replicates.</summary>
    Point,

    /// <summary>One parameter varies, or several vary in step.</summary>
    OneParameter,

    /// <summary>At least a quarter of the combinations of two parameters.</summary>
    Grid,

    /// <summary>At least a quarter of the combinations of three parameters or more.</summary>
    LargeGrid,

    /// <summary>A base run, and runs that differ from it in one parameter each.</summary>
    OneAtATime,

    /// <summary>Points scattered over the space, most values used once.</summary>
    Sample,

    /// <summary>Anything else; drawn like a sample.</summary>
    Other,
}
