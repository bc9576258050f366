namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>A column of a <see cref="FittedTable"/>.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Worth">Of two columns that do not both fit, the one of greater worth is shown.</param>
internal sealed record FittedColumn(string Header, int Worth)
{
    /// <summary>Whether its cells are aligned right.</summary>
    public bool IsNumeric { get; init; }

    /// <summary>Whether its cells may take several lines, broken between words; a word or a number never breaks.</summary>
    public bool IsProse { get; init; }
}
