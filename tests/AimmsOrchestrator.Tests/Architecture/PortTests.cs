using System.Reflection;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>The ports to the outside are the interfaces of the domain.</summary>
public sealed class PortTests
{
    private static readonly Type[] Classes =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "AimmsOrchestrator.*.dll")
            .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false }),
    ];

    /// <summary>One adapter has tests of its own. What a test nests to script one answer is no adapter.</summary>
    [Fact]
    public void A_port_that_several_classes_implement_has_an_abstract_suite()
    {
        var suites = SourceFile
            .Below("tests/AimmsOrchestrator.Tests")
            .Where(file => file.Path.EndsWith("Suite.cs", StringComparison.Ordinal) || file.Path.Contains("/Suites/"))
            .ToList();
        var ports = typeof(ITaskService).Assembly.GetExportedTypes().Where(type => type.IsInterface);
        var withSeveral = ports
            .Where(port => Classes.Count(port.IsAssignableFrom) > 1)
            .Select(port => port.Name)
            .ToList();
        List<string> without = [.. withSeveral.Where(port => !suites.Any(suite => suite.Words.Contains(port)))];

        Assert.True(withSeveral.Count > 15, $"{withSeveral.Count} ports are too few to be all");
        Assert.Empty(without);
    }
}
