using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Emulator.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>Routes requests to their endpoints.</summary>
internal sealed class ServiceApplication(
    EmulatorOptions options,
    TaskQueue queue,
    TaskEndpoints tasks,
    SubmitEndpoint submit,
    ApplicationEndpoints applications,
    FaultGate gate,
    TrafficLog traffic,
    TimeProvider time
)
{
    public async Task HandleAsync(HttpContext context)
    {
        traffic.CountRequest();
        var request = context.Request;
        if (LoopbackOnly.Refusal(request) is { } refusal)
        {
            await Responses.PageAsync(context, refusal.Status, refusal.Reason);
            return;
        }

        var isPretty = request.Query["prettyFormat"] == "true";
        if (ServiceRoute.Parse(RawPath(context), isPretty) is not { } route)
        {
            await Responses.EmptyAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        if (route.Dialect.IsCloud && !HasKey(request))
        {
            await Responses.PageAsync(context, StatusCodes.Status401Unauthorized, "401 Authorization Required");
            return;
        }

        if (await gate.StopsAsync(context))
        {
            return;
        }

        await (
            route.Parts[0] switch
            {
                "tasks" => TasksAsync(context, route),
                "applications" when route.Dialect.IsCloud => applications.HandleAsync(context, route),
                "echo" when route.Parts.Length == 1 && !route.Dialect.IsCloud => EchoAsync(context),
                _ => Responses.EmptyAsync(context, StatusCodes.Status404NotFound),
            }
        );
    }

    private Task TasksAsync(HttpContext context, ServiceRoute route)
    {
        var (method, parts, dialect) = (context.Request.Method, route.Parts, route.Dialect);
        if (HttpMethods.IsPost(method))
        {
            return submit.SubmitAsync(context, route);
        }

        if (parts.Length == 1)
        {
            return HttpMethods.IsGet(method)
                ? tasks.ListAsync(context, dialect)
                : Responses.EmptyAsync(context, StatusCodes.Status405MethodNotAllowed);
        }

        var isOneOfSeries = int.TryParse(
            context.Request.Query["groupIndex"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var groupIndex
        );
        if (queue.Find(parts[1], isOneOfSeries ? groupIndex : null) is not { } task)
        {
            return TaskEndpoints.NotFoundAsync(context);
        }

        if (HttpMethods.IsGet(method) && dialect.IsCloud && parts.Length > 2 && parts[2] == "logs")
        {
            return TaskEndpoints.LogAsync(context, task, dialect, parts);
        }

        return (method.ToUpperInvariant(), parts.Length == 3 ? parts[2] : null) switch
        {
            ("GET", null) when parts.Length == 2 => tasks.StateAsync(context, task, dialect),
            ("GET", "response") => tasks.ResponseAsync(context, task),
            ("GET", "status") => TaskEndpoints.StatusAsync(context, task),
            ("PUT", null) when parts.Length == 2 => tasks.InterruptAsync(context, task, dialect),
            ("DELETE", null) when parts.Length == 2 => tasks.DeleteAsync(context, task, dialect),
            ("GET", _) => Responses.EmptyAsync(context, StatusCodes.Status404NotFound),
            _ => Responses.EmptyAsync(context, StatusCodes.Status405MethodNotAllowed),
        };
    }

    /// <summary>The diagnostic echo of localhost: for any method the request's body, after <c>?delay=</c> milliseconds.</summary>
    private async Task EchoAsync(HttpContext context)
    {
        var (body, mediaType) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        if (
            int.TryParse(context.Request.Query["delay"], NumberStyles.None, CultureInfo.InvariantCulture, out var delay)
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), time, context.RequestAborted);
        }

        await Responses.BytesAsync(context, StatusCodes.Status200OK, body, mediaType);
    }

    private bool HasKey(HttpRequest request)
    {
        var key = request.Headers["apikey"].ToString();
        return options.ApiKey is { } wanted
            ? CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(wanted))
            : key.Length > 0;
    }

    /// <summary>The path as the client sent it: a slash inside a name is percent-encoded and must not become a separator.</summary>
    private static string RawPath(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!target.StartsWith('/'))
        {
            return context.Request.Path.ToUriComponent();
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
