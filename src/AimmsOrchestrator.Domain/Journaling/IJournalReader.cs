namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Reads the journal in all its roles, also while another process writes it. Each call sees one consistent moment; for one
/// thread at a time.
/// </summary>
public interface IJournalReader : IBatchCatalog, IRunHistory, IRunReader, IResponseStore, IDisposable;
