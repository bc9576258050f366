namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Exceptions and what caused them.</summary>
internal static class ExceptionChain
{
    /// <summary>An exception, its cause, and so on.</summary>
    public static IEnumerable<Exception> Chain(this Exception exception)
    {
        for (Exception? next = exception; next is not null; next = next.InnerException)
        {
            yield return next;
        }
    }
}
