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
        [AsParameters] Follower follower
    ) =>
        readers.Read(reader => BatchAccess.Find(reader, id)) is { } batch
            ? await FollowAsync(follower, hub, hub.Listen(batch.Id))
            : BatchAccess.Missing(id);

    private static Task<IResult> AllAsync(EventHub hub, [AsParameters] Follower follower) =>
        FollowAsync(follower, hub, hub.ListenToAll());

    private static async Task<IResult> FollowAsync(
        Follower follower,
        EventHub hub,
        (EventFeed Feed, EventListener Listener) source
    )
    {
        var (feed, listener) = source;
        try
        {
            var cursor = EventCursor.Parse(follower.LastEvent);
            await WriteAsync(new Stream(follower, feed, listener, hub.Stopping), feed.Since(cursor));
        }
        finally
        {
            feed.Fan.Unsubscribe(listener);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(Stream stream, EventPage first)
    {
        var context = stream.Follower.Context;
        var response = context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        // A proxy that collects the stream before it passes it on would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stream.Stopping);
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
        var body = stream.Body;
        var cursor = await CatchUpAsync(stream, first, cancellation);
        for (var quiet = 0; cursor is { } from && stream.Follower.MayGoOn; quiet++)
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
                await stream.Body.WriteAsync(item.Bytes, cancellation);
            }

            await stream.Body.FlushAsync(cancellation);
            if (stream.EndsWithBatch && page.Items.Any(item => item.Type == EventItem.End))
            {
                return null;
            }

            if (!page.HasMore || !stream.Follower.MayGoOn)
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
        var body = stream.Body;
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

    /// <summary>A client that follows events, and where it left off.</summary>
    private sealed record Follower(
        HttpContext Context,
        AccessControl Access,
        TimeProvider Time,
        [FromHeader(Name = EventEndpoints.LastEvent)] string? LastEvent = null
    )
    {
        /// <summary>A revoked token's streams end.</summary>
        public bool MayGoOn =>
            Access.HasTokens
                ? Access.FindByName(Context.User.Author()) is not null
                : Context.User.Author() == AccessControl.Local.Name;
    }

    /// <summary>One listener's connection.</summary>
    private sealed record Stream(Follower Follower, EventFeed Feed, EventListener Listener, CancellationToken Stopping)
    {
        private Task<bool>? _next;

        public System.IO.Stream Body => Follower.Context.Response.Body;

        /// <summary>Whether the end of a batch is the end of the stream.</summary>
        public bool EndsWithBatch => Follower.Context.Request.RouteValues.ContainsKey("id");

        /// <summary>Whether there is more; null where nothing came in time, false at the end.</summary>
        public async Task<bool?> HasMoreAsync(TimeSpan patience, CancellationToken cancellation)
        {
            _next ??= Listener.WaitAsync(cancellation).AsTask();
            if (await Task.WhenAny(_next, Task.Delay(patience, Follower.Time, cancellation)) != _next)
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
