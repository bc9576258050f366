using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.OpenApi;

/// <summary>That the body of a request is a scenario with its files.</summary>
internal sealed record TakesScenario;

/// <summary>What routes say of themselves.</summary>
internal static class RouteDescriptions
{
    private const string Problem = "application/problem+json";

    /// <param name="route">The route.</param>
    /// <param name="name">Its name, which clients that are generated call it by.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="refusals">Which status a request may get instead, beside those that any may get.</param>
    public static RouteHandlerBuilder Described(
        this RouteHandlerBuilder route,
        string name,
        string summary,
        params int[] refusals
    )
    {
        route.WithName(name).WithSummary(summary);
        foreach (var status in refusals)
        {
            if (status == StatusCodes.Status422UnprocessableEntity)
            {
                route.Produces<ScenarioProblemDocument>(status, Problem);
            }
            else
            {
                route.ProducesProblem(status);
            }
        }

        return route;
    }

    /// <summary>Its answer is a file of one of some types.</summary>
    public static RouteHandlerBuilder SendsFile(
        this RouteHandlerBuilder route,
        string type,
        params string[] otherTypes
    ) => route.Produces<Stream>(StatusCodes.Status200OK, type, otherTypes);

    /// <summary>Its body is a scenario with its files.</summary>
    public static RouteHandlerBuilder TakesScenario(this RouteHandlerBuilder route) =>
        route.WithMetadata(new TakesScenario());
}
