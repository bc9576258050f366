using Xunit.Sdk;

namespace AimmsOrchestrator.Tests.Journal.Suites.Discovery;

/// <summary>
/// A test of a suite that several classes inherit: skipped in a class that needs a program which this machine has not
/// (<see cref="NeedsPostgreSqlAttribute"/>), except on a CI server, where nothing may be missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    "AimmsOrchestrator.Tests.Journal.Suites.Discovery.SuiteFactDiscoverer",
    "AimmsOrchestrator.Tests"
)]
public sealed class SuiteFactAttribute : FactAttribute;

/// <summary>As <see cref="SuiteFactAttribute"/>, for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    "AimmsOrchestrator.Tests.Journal.Suites.Discovery.SuiteTheoryDiscoverer",
    "AimmsOrchestrator.Tests"
)]
public sealed class SuiteTheoryAttribute : TheoryAttribute;
