using System.Text;

namespace AimmsOrchestrator.Tests.Scenarios.Profiles;

/// <summary>A batch stays what it was while its profile changes; only its key is looked up anew.</summary>
public sealed class StoredProfileTests : ProfileTest
{
    private const string Acme = "acme: { url: https://acme.aimms.cloud, app: Transport, apiKey: \"${{ env.KEY }}\" }";
    private const string Use = "{ use: acme, name: t }";

    [Fact]
    public void The_key_is_found_again_through_the_profile()
    {
        Project(Acme);
        Set("KEY", "sesame");
        var scenario = Load(Use).Scenario!;
        Project(
            "acme: { url: https://acme.aimms.cloud/, app: Other, apiKey: \"${{ env.NEW }}\", limits: { concurrency: 1 } }"
        );
        Set("NEW", "open");

        var stored = LoadStored(scenario).Scenario!;

        Assert.Equal("open", stored.ApiKey!.Reveal());
        Assert.Equal("Transport", stored.Runs()[0].Request!.Target.App);
        Assert.Equal(32, stored.Plan.Limits.MaxUnfinishedTasks);
        Assert.Equal(scenario.Runs()[0].Key, stored.Runs()[0].Key);
    }

    [Fact]
    public void A_key_is_not_sent_to_an_address_that_its_profile_has_left()
    {
        Project(Acme);
        Set("KEY", "sesame");
        var scenario = Load(Use).Scenario!;
        Project(Acme.Replace("//acme", "//other", StringComparison.Ordinal));

        Assert.Contains(
            "the profile acme leads to https://other.aimms.cloud now",
            Problem(LoadStored(scenario)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_profile_that_is_gone_matters_only_for_its_key()
    {
        Project(Acme);
        Set("KEY", "sesame");
        var scenario = Load(Use).Scenario!;
        Project("other: { url: emulator }");

        Assert.True(LoadStored(scenario, needsKey: false).IsSound);
        Assert.Contains("there is no profile \"acme\"", Problem(LoadStored(scenario)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stored_has_neither_the_key_nor_where_it_is()
    {
        Project(Acme);
        Set("KEY", "sesame");
        var scenario = Load(Use).Scenario!;

        var stored = Encoding.UTF8.GetString(Assert.Single(scenario.Attachments).Value.Span);

        Assert.Contains("acme.aimms.cloud", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("KEY", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_place_of_the_key_makes_no_other_scenario_and_another_app_does()
    {
        Set("KEY", "sesame");
        Set("NEW", "sesame");
        Project(Acme);
        var before = Load(Use).Scenario!.Fingerprint;
        Project(Acme.Replace("KEY", "NEW", StringComparison.Ordinal));

        Assert.Equal(before, Load(Use).Scenario!.Fingerprint);
        Project(Acme.Replace("Transport", "Other", StringComparison.Ordinal));
        Assert.NotEqual(before, Load(Use).Scenario!.Fingerprint);
    }
}
