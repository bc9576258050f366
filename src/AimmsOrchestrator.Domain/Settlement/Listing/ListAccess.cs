using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement.Listing;

/// <summary>How the service lets its list be read: which form of the question it answers, and whether it refuses every one.</summary>
internal sealed record ListAccess
{
    /// <summary>Refused in every form by this number of polls in a row, the list is refused for good.</summary>
    private const int FewestRefusals = 3;

    private int Refusals { get; init; }
    private int FormsTried { get; init; }
    private string? Reason { get; init; }

    /// <summary>The form that the service answered last, or the one to begin with.</summary>
    public ListForm Form { get; private init; }

    /// <summary>Why the list is refused for good; null where it is not.</summary>
    public string? Refusal => Refusals >= FewestRefusals ? Reason : null;

    /// <summary>A page came.</summary>
    public ListAccess Answered() => this with { Refusals = 0, FormsTried = 0, Reason = null };

    /// <summary>A page did not come.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="walk">The walk that it belongs to.</param>
    /// <param name="again">The walk in another form, to be begun at once; null where the poll is over.</param>
    public ListAccess Refused(ServiceFault fault, ListPager walk, out ListPager? again)
    {
        again = null;
        if (fault.Kind is not (FaultKind.WrongRequest or FaultKind.Refused or FaultKind.Unknown))
        {
            return this with { FormsTried = 0 };
        }

        var next = this with { Form = Form.Following(), FormsTried = FormsTried + 1, Reason = fault.Message };
        if (walk.Tasks.IsEmpty && next.FormsTried < ListForms.Count)
        {
            again = new ListPager(walk.After, next.Form) { AskedAt = walk.AskedAt };
            return next;
        }

        return next with
        {
            FormsTried = 0,
            Refusals = Refusals + 1,
        };
    }
}
