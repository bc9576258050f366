namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>A file with a line and a column from 1, or only a file (line 0).</summary>
internal readonly record struct SourceLocation(string File, int Line, int Column)
{
    public static SourceLocation Whole(string file) => new(file, 0, 0);

    /// <summary>The location some columns further on the same line.</summary>
    public SourceLocation Offset(int columns) => Line == 0 ? this : this with { Column = Column + columns };

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
