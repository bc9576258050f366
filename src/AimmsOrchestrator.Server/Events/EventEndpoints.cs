using System.Security.Claims;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Http;
using AimmsOrchestrator.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Events;

/// <summary>Events as they happen (server-sent events), from where a client left off.</summary>
internal static class EventEndpoints
{
    /// <summary>How often a quiet stream says that it is still there, and whether its token still holds is checked.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    private const int HeartbeatsPerComment = 7;
    private const string LastEvent = "Last-Event-ID";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/batches/{id}/events", OneAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("followBatch", "The events of a batch: progress, run, and end, after which the stream ends", 404)
            .Produces<string>(200, "text/event-stream");
        api.MapGet("/events", AllAsync)
            .RequireAuthorization(Callers.Viewer)
            .Described("followAll", "The events of all batches: progress and end; the stream has no end")
            .Produces<string>(200, "text/event-stream");
    }

    private static async Task<IResult> OneAsync(
        string id,
        ReaderPool readers,
        EventHub hub,
        HttpContext context,
        ClaimsPrincipal caller,
        AccessControl access,
        TimeProvider time,
        [FromHeader(Name = LastEvent)] string? lastEvent = null
    )
    {
        if (readers.Read(reader => BatchAccess.Find(reader, id)) is not { } batch)
        {
            return BatchAccess.Missing(id);
        }

        var cursor = EventCursor.Parse(lastEvent);
        var (feed, listener) = hub.Listen(batch.Id);
        try
        {
            await WriteAsync(new Stream(context, hub, feed, listener, caller, access, time), feed.Since(cursor));
        }
        finally
        {
            feed.Fan.Unsubscribe(listener);
        }

        return Results.Empty;
    }

    private static async Task<IResult> AllAsync(
        EventHub hub,
        HttpContext context,
        ClaimsPrincipal caller,
        AccessControl access,
        TimeProvider time,
        [FromHeader(Name = LastEvent)] string? lastEvent = null
    )
    {
        var cursor = EventCursor.Parse(lastEvent);
        var (feed, listener) = hub.ListenToAll();
        try
        {
            await WriteAsync(new Stream(context, hub, feed, listener, caller, access, time), feed.Since(cursor));
        }
        finally
        {
            feed.Fan.Unsubscribe(listener);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(Stream stream, EventPage first)
    {
        var response = stream.Context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        // A proxy that collects the stream before it passes it on would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        stream.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            stream.Context.RequestAborted,
            stream.Hub.Stopping
        );
        try
        {
            await FollowAsync(stream, first, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server stops.
        }
    }

    private static async Task FollowAsync(Stream stream, EventPage first, CancellationToken cancellation)
    {
        var body = stream.Context.Response.Body;
        var cursor = await CatchUpAsync(stream, first, cancellation);
        for (var quiet = 0; cursor is { } from && stream.MayGoOn; quiet++)
        {
            if (await stream.HasMoreAsync(Heartbeat, cancellation) is not { } isThere)
            {
                if (quiet % HeartbeatsPerComment == 0)
                {
                    await body.WriteAsync(EventItem.Heartbeat, cancellation);
                    await body.FlushAsync(cancellation);
                }

                continue;
            }

            if (!isThere)
            {
                return;
            }

            var (waiting, hasMissed) = stream.Listener.Take();
            cursor = hasMissed ? await CatchUpAsync(stream, stream.Feed.Since(from), cancellation) : from;
            if (cursor is { } place)
            {
                cursor = await WriteAsync(stream, waiting, place, cancellation);
            }
        }
    }

    /// <summary>Writes what a listener has missed, page by page: the next one is read once it has the one before.</summary>
    /// <returns>Where it is then; null where the stream is at its end.</returns>
    private static async Task<EventCursor?> CatchUpAsync(Stream stream, EventPage first, CancellationToken cancellation)
    {
        for (var page = first; ; page = stream.Feed.Since(page.Cursor))
        {
            foreach (var item in page.Items)
            {
                await stream.Context.Response.Body.WriteAsync(item.Bytes, cancellation);
            }

            await stream.Context.Response.Body.FlushAsync(cancellation);
            if (stream.EndsWithBatch && page.Items.Any(item => item.Type == EventItem.End))
            {
                return null;
            }

            if (!page.HasMore || !stream.MayGoOn)
            {
                return page.Cursor;
            }
        }
    }

    /// <summary>Writes what waited for a listener.</summary>
    /// <returns>Where it is then.</returns>
    private static async Task<EventCursor> WriteAsync(
        Stream stream,
        IReadOnlyList<EventItem> waiting,
        EventCursor cursor,
        CancellationToken cancellation
    )
    {
        var body = stream.Context.Response.Body;
        foreach (var item in waiting)
        {
            // Runs that it caught up with come again from the feed.
            if (item.Type != EventItem.Run || item.Cursor > cursor)
            {
                await body.WriteAsync(item.Bytes, cancellation);
                cursor = stream.EndsWithBatch && cursor > item.Cursor ? cursor : item.Cursor;
            }
        }

        await body.FlushAsync(cancellation);
        return cursor;
    }

    /// <summary>One listener's connection.</summary>
    private sealed record Stream(
        HttpContext Context,
        EventHub Hub,
        EventFeed Feed,
        EventListener Listener,
        ClaimsPrincipal Caller,
        AccessControl Access,
        TimeProvider Time
    )
    {
        private Task<bool>? _next;

        /// <summary>Whether the end of a batch is the end of the stream.</summary>
        public bool EndsWithBatch => Context.Request.RouteValues.ContainsKey("id");

        /// <summary>A revoked token's streams end.</summary>
        public bool MayGoOn =>
            Access.HasTokens
                ? Access.FindByName(Caller.Author()) is not null
                : Caller.Author() == AccessControl.Local.Name;

        /// <summary>Whether there is more; null where nothing came in time, false at the end.</summary>
        public async Task<bool?> HasMoreAsync(TimeSpan patience, CancellationToken cancellation)
        {
            _next ??= Listener.WaitAsync(cancellation).AsTask();
            if (await Task.WhenAny(_next, Task.Delay(patience, Time, cancellation)) != _next)
            {
                cancellation.ThrowIfCancellationRequested();
                return null;
            }

            var isThere = await _next;
            _next = null;
            return isThere;
        }
    }
}
