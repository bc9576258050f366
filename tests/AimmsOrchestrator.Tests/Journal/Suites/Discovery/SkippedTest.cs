using AimmsOrchestrator.Tests.Journal.PostgreSql;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AimmsOrchestrator.Tests.Journal.Suites.Discovery;

/// <summary>The class's tests need a PostgreSQL server's programs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgreSqlAttribute : Attribute;

/// <summary>A test that cannot run on this machine.</summary>
internal static class SkippedTest
{
    /// <summary>Why a test is skipped; null where it is not.</summary>
    public static string? WhyIn(ITestMethod method) =>
        PostgreSqlServer.Bin is null
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        && method.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgreSqlAttribute)).Any()
            ? "PostgreSQL is missing: apt-get install postgresql"
            : null;

    public static IXunitTestCase Of(
        IMessageSink sink,
        ITestFrameworkDiscoveryOptions options,
        ITestMethod method,
        string why
    ) =>
        new XunitSkippedDataRowTestCase(
            sink,
            options.MethodDisplayOrDefault(),
            options.MethodDisplayOptionsOrDefault(),
            method,
            why
        );
}
