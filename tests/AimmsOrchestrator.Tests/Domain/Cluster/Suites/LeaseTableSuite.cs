using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Cluster.Suites;

/// <summary>What the parts of a divided cluster rely on: one of them gets the lease.</summary>
/// <param name="leases">The table, without leases at first.</param>
/// <param name="close">Closes it.</param>
public abstract class LeaseTableSuite(ILeaseTable leases, Func<Task> close) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => close();

    [SuiteFact]
    public async Task One_owner_at_a_time_has_a_lease()
    {
        Assert.True(await AcquireAsync("sbr", "a", Long));
        Assert.False(await AcquireAsync("sbr", "b", Long));
        Assert.True(await AcquireAsync("sbr", "a", Long));
        Assert.True(await AcquireAsync("other", "b", Long));
    }

    [SuiteFact]
    public async Task A_lease_that_has_expired_is_free()
    {
        Assert.True(await AcquireAsync("sbr", "a", Short));

        await Waiting.UntilAsync(() => AcquireAsync("sbr", "b", Long));

        Assert.False(await AcquireAsync("sbr", "a", Long));
    }

    [SuiteFact]
    public async Task Its_lifetime_begins_anew_when_its_owner_takes_it_again()
    {
        Assert.True(await AcquireAsync("sbr", "a", Long));
        Assert.True(await AcquireAsync("sbr", "a", Short));

        await Waiting.UntilAsync(() => AcquireAsync("sbr", "b", Long));
    }

    [SuiteFact]
    public async Task Its_owner_alone_gives_a_lease_up()
    {
        Assert.True(await AcquireAsync("sbr", "a", Long));

        await leases.ReleaseAsync("sbr", "b", default);
        Assert.False(await AcquireAsync("sbr", "b", Long));

        await leases.ReleaseAsync("sbr", "a", default);
        Assert.True(await AcquireAsync("sbr", "b", Long));
    }

    private Task<bool> AcquireAsync(string name, string owner, TimeSpan lifetime) =>
        leases.TryAcquireAsync(name, owner, lifetime, default);
}
