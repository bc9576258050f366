using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>A state in a table: with its sign in its colour on a terminal that shows colours, else the word alone.</summary>
internal static class StateCell
{
    private static readonly Dictionary<string, RunState> States = RunStates.All.ToDictionary(
        state => state.Word(),
        StringComparer.Ordinal
    );

    public static FittedCell Of(IAnsiConsole console, RunState state) => Of(console, StateSign.Of(state), state.Word());

    /// <param name="console">Where the table is drawn.</param>
    /// <param name="state">The state.</param>
    /// <param name="more">What stands behind the state's word; nothing by default.</param>
    public static FittedCell Of(IAnsiConsole console, BatchState state, string more) =>
        Of(console, StateSign.Of(state), state.Word() + more);

    /// <summary>The same for a text that begins with a state's word; any other text stays as it is.</summary>
    public static FittedCell Of(IAnsiConsole console, string text) =>
        States.TryGetValue(text.Split(' ')[0], out var state) ? Of(console, StateSign.Of(state), text) : text;

    private static FittedCell Of(IAnsiConsole console, StateSign sign, string text) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors
            ? new FittedCell($"{sign.Text} {text}", new Style(sign.Color))
            : text;
}
