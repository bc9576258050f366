using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Throttling;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Engine.Accounts;

/// <summary>The actor that watches the account has a thread of its own, and may begin later than the first submit.</summary>
public sealed class ThrottleSubscriptionTests : VirtualTimeTest
{
    [Fact]
    public void A_refusal_from_before_the_subscription_is_not_lost()
    {
        IActorRef throttle = ActorRefs.Nobody;
        var answer = Task.FromResult<ServiceFault?>(null);
        var shares = new ShareRequests(account: null, 1, () => null, Time);
        var props = Props.Create(() =>
            new ThrottleActor(new Limits(), 3, () => answer, Time, ActorRefs.Nobody, shares)
        );
        Act(() => throttle = Sys.ActorOf(props));
        Act(() => throttle.Tell(new ThrottleCommands.Acquire(new PermitId(1), PermitKind.Submit), TestActor));
        ExpectMsg<Grant>();
        Act(() => throttle.Tell(new ThrottleCommands.AwaitAccount(new PermitId(1)), TestActor));
        ExpectNoMsg(TimeSpan.Zero);

        Act(() => throttle.Tell(new ThrottleCommands.SubscribeToAccount(), TestActor));

        ExpectMsg<AccountFull>();
    }
}
