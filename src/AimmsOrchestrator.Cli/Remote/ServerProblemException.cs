using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Why a server did not do what it was asked.</summary>
internal sealed class ServerProblemException : Exception
{
    /// <summary>What a query's parameter and an option of the command line are both called.</summary>
    private static readonly string[] Options = ["result", "where", "kind"];

    private ServerProblemException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>The answer's status; null where none arrived.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary>What is wrong with a scenario; empty where it is something else.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private init; } = [];

    /// <summary>Whether it may go away by itself: the connection was lost, or something between here and the server has trouble.</summary>
    public bool IsPassing { get; private init; }

    /// <summary>Whether the request may have reached the server although no answer of it did.</summary>
    public bool MayHaveArrived { get; private init; }

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The same for the command line: one line, and the exit code.</summary>
    public UserErrorException ToUserError() =>
        new(
            Message,
            Status is { } status
            && (int)status is >= 400 and < 500
            && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
                ? ExitCode.WrongInput
                : ExitCode.ServiceRefused
        );

    /// <summary>No answer arrived.</summary>
    public static ServerProblemException NoAnswer(ServerAddress server, Exception cause)
    {
        var root = cause;
        while (root.InnerException is { } inner && root is not (SocketException or AuthenticationException))
        {
            root = inner;
        }

        var isUntrusted = cause.Chain().Any(e => e is AuthenticationException);
        var why = root switch
        {
            TimeoutException or OperationCanceledException => "it does not answer in time",
            _ => root.Message.OneLine(),
        };
        return new ServerProblemException(
            isUntrusted ? $"{server.Name}: no trusted connection: {why}" : $"{server.Name} cannot be reached: {why}",
            cause
        )
        {
            IsPassing = !isUntrusted,
            MayHaveArrived = !cause.Chain().OfType<HttpRequestException>().Any(IsUnsent),
        };
    }

    /// <summary>An answer arrived that is no success.</summary>
    /// <param name="server">The server.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">The beginning of its body.</param>
    public static ServerProblemException Of(ServerAddress server, HttpResponseMessage answer, string body)
    {
        var status = answer.StatusCode;
        if ((int)status is >= 300 and < 400)
        {
            return new ServerProblemException(
                $"{server.Name} redirects to {Target(server, answer)}: name that address, where it is the server; nothing was sent there"
            )
            {
                Status = HttpStatusCode.MisdirectedRequest,
            };
        }

        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        if (!isProblem || Read(body) is not { } problem)
        {
            return new ServerProblemException(
                $"{server.Name} answers {(int)status} {Reason(answer)}, and not as aimms-batch serve does{Said(body)}"
            )
            {
                // A proxy before the server: 4xx of it is no verdict about the request.
                Status = (int)status is >= 400 and < 500 ? HttpStatusCode.Unauthorized : status,
                IsPassing = (int)status is 429 or >= 500,
                MayHaveArrived = (int)status is 502 or 504,
            };
        }

        return new ServerProblemException(Sentence(server, status, problem.Detail, problem.Diagnostics))
        {
            Status = status,
            Diagnostics = problem.Diagnostics,
            IsPassing = (int)status is 429 or 502 or 503 or 504,
            MayHaveArrived = (int)status is 502 or 503 or 504,
            RetryAfter = answer.Headers.RetryAfter?.Delta,
        };
    }

    /// <summary>An answer says that all is well, and is not what was asked for.</summary>
    public static ServerProblemException NotOurs(ServerAddress server, HttpResponseMessage answer) =>
        new(
            $"{server.Name} answers with {answer.Content.Headers.ContentType?.MediaType?.OneLine(80) ?? "nothing"}, and not as aimms-batch serve does: is this its address?"
        )
        {
            Status = HttpStatusCode.BadGateway,
        };

    private static bool IsUnsent(HttpRequestException cause) =>
        cause.HttpRequestError
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    /// <summary>An answer has what no batch has.</summary>
    public static ServerProblemException NotOurs(ServerAddress server) =>
        new($"{server.Name} answers with a batch that is none, and not as aimms-batch serve does: is this its address?")
        {
            Status = HttpStatusCode.BadGateway,
        };

    private static string Sentence(
        ServerAddress server,
        HttpStatusCode status,
        string detail,
        IReadOnlyList<Diagnostic> diagnostics
    ) =>
        (status, diagnostics.Count) switch
        {
            (_, > 0) => string.Join(Environment.NewLine, diagnostics),
            (HttpStatusCode.Unauthorized, _) when server.Token is null =>
                $"{server.Name} wants a token: set {ServerAddress.TokenVariable} to one; `aimms-batch token create NAME --role runner` makes it where the server runs",
            (HttpStatusCode.Unauthorized, _) =>
                $"{server.Name} does not know the token of {ServerAddress.TokenVariable}, or it was revoked",
            // What an option of the command line gives.
            (HttpStatusCode.BadRequest, _)
                when Options.Any(name => detail.StartsWith($"{name}: ", StringComparison.Ordinal)) =>
                $"--{detail.OneLine()}",
            (HttpStatusCode.InternalServerError, _) => $"{server.Name}: {detail.OneLine()} (500)",
            _ => $"{server.Name}: {detail.OneLine()}",
        };

    private static string Target(ServerAddress server, HttpResponseMessage answer) =>
        answer.Headers.Location is { } location
            ? new Uri(server.Url, location)
                .GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
                .OneLine(200)
            : "nowhere";

    private static string Reason(HttpResponseMessage answer) =>
        answer.ReasonPhrase is { Length: > 0 } reason ? reason.OneLine(80) : answer.StatusCode.ToString();

    /// <summary>The title of a proxy's page, or the beginning of its text.</summary>
    private static string Said(string body)
    {
        var start = body.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : body.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        var text =
            end > 0 ? WebUtility.HtmlDecode(body[(start + 7)..end])
            : body.Contains('<', StringComparison.Ordinal) ? ""
            : body;
        return text.Trim() is { Length: > 0 } said ? $": {said.OneLine(160)}" : "";
    }

    private static (string Detail, IReadOnlyList<Diagnostic> Diagnostics)? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var detail = Text(root, "detail") ?? Text(root, "title") ?? "it cannot do that";
            return (
                detail,
                root.TryGetProperty("mistakes", out var list) ? [.. list.EnumerateArray().Select(DiagnosticOf)] : []
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Diagnostic DiagnosticOf(JsonElement found) =>
        new(
            Text(found, "file") ?? "",
            found.GetProperty("line").GetInt32(),
            found.GetProperty("column").GetInt32(),
            Text(found, "message") ?? ""
        );

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
