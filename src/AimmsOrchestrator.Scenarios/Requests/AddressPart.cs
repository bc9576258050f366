namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>A part of a task's address that the scenario names: the service, the app, its version.</summary>
internal static class AddressPart
{
    /// <summary>Why a text is none, such as <c>it is empty</c>; null where it is one.</summary>
    public static string? Problem(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "it is empty";
        }

        var controls = text.Where(char.IsControl).Take(1).ToList();
        return controls is [var control] ? $"it has a control character, U+{(int)control:X4}" : null;
    }
}
