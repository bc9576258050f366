using System.Reflection;
using System.Runtime.CompilerServices;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>Methods that can be called without counting arguments.</summary>
public sealed class SizeTests
{
    private const int MostParameters = 6;

    private const BindingFlags Own =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance;

    [Fact]
    public void A_method_has_at_most_six_parameters()
    {
        var all = Assemblies()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsSubclassOf(typeof(Delegate)))
            .SelectMany(type => type.GetMethods(Own))
            .Where(IsWritten)
            .ToList();

        Assert.True(all.Count > 3000, $"{all.Count} methods are too few to be all");
        Assert.Empty(
            all.Where(method => method.GetParameters().Length > MostParameters)
                .Select(method => $"{method.DeclaringType}.{method.Name}: {method.GetParameters().Length}")
        );
    }

    private static IEnumerable<Assembly> Assemblies() =>
        SourceFile
            .Below("src")
            .Select(file => file.Path.Split('/')[1])
            .Distinct()
            .Select(room => Assembly.Load(room == "AimmsOrchestrator.Cli" ? "aimms-batch" : room));

    /// <summary>Not what the compiler makes of records, lambdas and local functions.</summary>
    private static bool IsWritten(MethodInfo method) =>
        !method.Name.Contains('<')
        && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && !method.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));
}
