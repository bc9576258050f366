using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Answers;

/// <summary>What a run wants to know.</summary>
/// <param name="Key">What it asks the service.</param>
/// <param name="Reading">How it takes its figures from the answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AskedQuestion(RunKey Key, ReadingKey Reading);
