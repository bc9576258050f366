using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>What a table shows in one place.</summary>
/// <param name="Text">The text, in which nothing is markup.</param>
/// <param name="Style">Its colour; null for the terminal's own.</param>
internal readonly record struct FittedCell(string Text, Style? Style = null)
{
    public static implicit operator FittedCell(string text) => new(text);
}
