using System.Reflection;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>Who may look into whom, as <c>src/README.md</c> draws it.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Domain"] = [],
        ["Scenarios"] = ["Domain"],
        ["Aimms"] = ["Domain"],
        ["Journal"] = ["Domain"],
        ["Journal.PostgreSql"] = ["Domain", "Journal"],
        ["Engine"] = ["Domain"],
        ["Cluster"] = ["Domain"],
        ["Reports"] = ["Domain"],
        ["Emulator"] = [],
        ["Server"] = ["Batches", "Domain", "Scenarios", "Reports"],
        ["Batches"] = ["Domain", "Scenarios", "Aimms", "Engine", "Reports", "Emulator"],
    };

    public static TheoryData<string> Rooms => [.. MayReference.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_only_the_rooms_it_may(string room)
    {
        var seen = Assembly
            .Load($"AimmsOrchestrator.{room}")
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("AimmsOrchestrator.", StringComparison.Ordinal) || name == "aimms-batch")
            .Select(name => name["AimmsOrchestrator.".Length..]);

        Assert.Empty(seen.Except(MayReference[room]));
    }

    [Fact]
    public void The_domain_needs_nothing_but_the_base_class_library()
    {
        var foreign = Assembly
            .Load("AimmsOrchestrator.Domain")
            .GetReferencedAssemblies()
            .Where(a => !a.Name!.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Fact]
    public void The_use_cases_know_no_terminal_and_no_command_line()
    {
        var names = Assembly.Load("AimmsOrchestrator.Batches").GetReferencedAssemblies().Select(a => a.Name!).ToList();

        Assert.DoesNotContain("System.CommandLine", names);
        Assert.DoesNotContain("System.Console", names);
        Assert.DoesNotContain(names, name => name.StartsWith("Spectre.", StringComparison.Ordinal));
    }
}
