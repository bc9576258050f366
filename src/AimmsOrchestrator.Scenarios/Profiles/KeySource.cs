namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Where a service's key is: never in a file of this program's own.</summary>
public abstract record KeySource
{
    private KeySource() { }

    /// <summary>For messages; it has nothing of the key.</summary>
    public abstract string Description { get; }

    /// <summary>An environment variable.</summary>
    public sealed record Variable(string Name) : KeySource
    {
        public override string Description => $"the environment variable {Name}";
    }

    /// <summary>The first line that a program prints.</summary>
    /// <param name="Words">The program and its arguments.</param>
    public sealed record Command(IReadOnlyList<string> Words) : KeySource
    {
        // The arguments may say more than others should read.
        public override string Description => $"the command \"{Words[0]}\"";
    }

    /// <summary>The first line of a file that only its owner can read.</summary>
    /// <param name="Path">The file, as it is opened.</param>
    public sealed record Stored(string Path) : KeySource
    {
        public override string Description => $"the file \"{Path}\"";
    }
}
