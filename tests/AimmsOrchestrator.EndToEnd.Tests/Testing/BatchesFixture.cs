namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>A workspace whose batches are run once, for many tests to ask about.</summary>
public abstract class BatchesFixture : IAsyncLifetime
{
    private readonly Dictionary<string, string> _moments = new(StringComparer.Ordinal);

    internal ProgramFolder Folder { get; } = new();

    public abstract Task InitializeAsync();

    public virtual Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What a command wrote to its standard output, to the byte, and its exit code.</summary>
    internal async Task<(int ExitCode, string Output)> AskAsync(string command)
    {
        var file = $"output-{Guid.NewGuid():N}";
        var result = await Folder.RunInShellAsync($"> {file}", command.Split(' '));
        return (result.ExitCode, Read(file));
    }

    /// <summary>What was written once, in a moment that is over.</summary>
    internal string Moment(string name) => _moments[name];

    /// <summary>Runs a command whose output is looked at later.</summary>
    protected async Task KeepAsync(string name, int exitCode, string command)
    {
        var (code, output) = await AskAsync(command);
        Assert.True(exitCode == code, $"{command} ended with {code}: {output}");
        _moments[name] = output;
    }

    protected void Keep(string name, string text) => _moments[name] = text;

    /// <summary>A file that the program has written, to be looked at later: it may be written again.</summary>
    protected void KeepFile(string name, string file) => _moments[name] = Read(file);

    internal string Read(string file) => GoldenFile.Text(File.ReadAllBytes(Folder.File(file)));
}
