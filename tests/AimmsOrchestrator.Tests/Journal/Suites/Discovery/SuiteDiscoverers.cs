using Xunit.Abstractions;
using Xunit.Sdk;

namespace AimmsOrchestrator.Tests.Journal.Suites.Discovery;

/// <summary>Finds the tests of a suite.</summary>
public sealed class SuiteFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    /// <inheritdoc />
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        SkippedTest.WhyIn(testMethod) is { } why
            ? SkippedTest.Of(DiagnosticMessageSink, discoveryOptions, testMethod, why)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the tests of a suite that have cases.</summary>
public sealed class SuiteTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    /// <inheritdoc />
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute
    ) =>
        SkippedTest.WhyIn(testMethod) is { } why
            ? [SkippedTest.Of(DiagnosticMessageSink, discoveryOptions, testMethod, why)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
