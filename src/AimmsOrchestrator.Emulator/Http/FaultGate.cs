using AimmsOrchestrator.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>The faults of a request before the service handles it.</summary>
internal sealed class FaultGate(FaultOptions faults, SeededRandom random, TimeProvider time)
{
    /// <returns>Whether a fault has answered or cut off the request.</returns>
    public async Task<bool> StopsAsync(HttpContext context)
    {
        SetDate(context);
        if (random.Happens(faults.Slow))
        {
            await Task.Delay(TimeSpan.FromSeconds(faults.SlowSeconds), time, context.RequestAborted);
        }

        if (random.Happens(faults.TooManyRequests))
        {
            await Responses.TooManyRequestsAsync(context, faults.RetryAfterSeconds);
            return true;
        }

        if (random.Happens(faults.ServerError))
        {
            await ServerErrorAsync(context);
            return true;
        }

        if (HttpMethods.IsGet(context.Request.Method) && random.Happens(faults.CutGet))
        {
            context.Abort();
            return true;
        }

        if (random.Happens(faults.SignInPage))
        {
            await Responses.SignInAsync(context);
            return true;
        }

        if (HttpMethods.IsPost(context.Request.Method) && random.Happens(faults.Redirect))
        {
            context.Response.Redirect("https://sign-in.example/authorize?app=aimms");
            return true;
        }

        if (HttpMethods.IsPost(context.Request.Method) && random.Happens(faults.CutBeforeTaken))
        {
            // The body is read first: a client that is cut off while it still sends knows that no task was taken.
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Abort();
            return true;
        }

        return false;
    }

    /// <summary>The header is written by the gateway's clock; the server writes none where it is set to nothing.</summary>
    private void SetDate(HttpContext context)
    {
        if (random.Happens(faults.NoDate))
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Date = Microsoft.Extensions.Primitives.StringValues.Empty;
                return Task.CompletedTask;
            });
        }
        else if (faults.DateSeconds != 0)
        {
            context.Response.Headers.Date = time.GetUtcNow().AddSeconds(faults.DateSeconds).ToString("R");
        }
    }

    private Task ServerErrorAsync(HttpContext context) =>
        (int)(random.Next() * 3) switch
        {
            0 => Responses.ErrorAsync(
                context,
                StatusCodes.Status500InternalServerError,
                30001,
                "create task: internal server error"
            ),
            1 => Responses.PageAsync(context, StatusCodes.Status502BadGateway, "502 Bad Gateway"),
            _ => Responses.PageAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "503 Service Temporarily Unavailable"
            ),
        };
}
