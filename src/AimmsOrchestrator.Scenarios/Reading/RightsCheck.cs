using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Refuses what a scenario has no right to, each at its line.</summary>
internal static class RightsCheck
{
    public static void Refuse(MappingNode root, ScenarioRights rights, ProfileUse profiles, DiagnosticBag diagnostics)
    {
        var service = root.Find("service") as MappingNode;
        if (!rights.Addresses)
        {
            var names = profiles.Names;
            var there = names.Count == 0 ? "there are none" : $"there are {string.Join(", ", names)}";
            Add(service?.Find("url"), $"service.url: here a scenario names a service by use: NAME; {there}");
            Add(
                service?.Find("apiKey"),
                "service.apiKey: the keys of services stay here; use: NAME leads to a service with its key"
            );
            Add(root.Find("emulator"), "emulator: here scenarios bring no services of their own");
            Add(
                (root.Find("poll") as MappingNode)?.Find("hook"),
                "poll.hook: here scenarios open no ports; leave it out"
            );
        }

        if (!rights.Notifications)
        {
            Add(
                root.Find("notify"),
                "notify: here scenarios send no notifications: follow the events of the batch instead"
            );
        }

        void Add(Node? node, string why)
        {
            if (node is not (null or ScalarNode { Kind: ScalarKind.Null }))
            {
                diagnostics.Add(node.Location, why);
            }
        }
    }
}
