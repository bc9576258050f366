using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Answers;

/// <summary>Gives whatever is logged during a request the batch and the run that it is about, by these names.</summary>
internal sealed class RequestScope(RequestDelegate next, ILogger<RequestScope> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        List<KeyValuePair<string, object?>> about = [];
        Add("id", "Batch");
        Add("index", "Run");
        using (about.Count > 0 ? log.BeginScope(about) : null)
        {
            await next(context);
        }

        void Add(string value, string name)
        {
            if (context.GetRouteValue(value) is { } known)
            {
                about.Add(new(name, known));
            }
        }
    }
}
