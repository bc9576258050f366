using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Reports.Frames;

/// <summary>What kind of JSON value a member is.</summary>
internal enum FlatKind : byte
{
    /// <summary>There is none, or null.</summary>
    Absent,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A text, <c>true</c> or <c>false</c>, a number beyond all doubles.</summary>
    Text,

    /// <summary>A list or an object.</summary>
    Nested,
}

/// <summary>A member of a JSON object, flattened.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Number">The number; NaN for any other kind.</param>
/// <param name="Text">As it was written, cut where it is long; null where absent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlatValue(FlatKind Kind, double Number, string? Text)
{
    public static FlatValue Absent { get; } = new(FlatKind.Absent, double.NaN, Text: null);
}
