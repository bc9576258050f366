namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>What the service's list of tasks shows of a POST whose answer was lost.</summary>
public enum SettlementVerdict
{
    /// <summary>One task can only be this POST's: it is the run's task from now on.</summary>
    Adopted,

    /// <summary>The service never took it: the run is sent again.</summary>
    SentAgain,

    /// <summary>The list cannot tell; <see cref="SettlementPolicy.SendsAmbiguous"/> says what follows.</summary>
    Ambiguous,
}

/// <summary>Verdicts in the words of the reports and the journal.</summary>
public static class SettlementVerdicts
{
    /// <summary><c>adopted</c>, <c>sent again</c> or <c>ambiguous</c>.</summary>
    public static string Word(this SettlementVerdict verdict) =>
        verdict switch
        {
            SettlementVerdict.Adopted => "adopted",
            SettlementVerdict.SentAgain => "sent again",
            SettlementVerdict.Ambiguous => "ambiguous",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
        };
}
