namespace AimmsOrchestrator.Cli.Running;

/// <summary>Where data goes.</summary>
internal static class OutputFile
{
    /// <summary>A file, or (null) standard output.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static Stream Open(FileInfo? file)
    {
        try
        {
            return file is null ? Console.OpenStandardOutput() : file.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--output: {file} cannot be written: {e.Message}");
        }
    }
}
