using System.ComponentModel;
using AimmsOrchestrator.Domain.Journaling;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace AimmsOrchestrator.Server.Answers;

/// <summary>What a request gets that no endpoint answers: a problem document as well, with a sentence that says why.</summary>
internal static class Refusals
{
    /// <summary>Writes why a request was not understood.</summary>
    public static Task WriteAsync(HttpContext context)
    {
        var (request, status) = (context.Request, context.Response.StatusCode);
        var sentence = status switch
        {
            404 => $"there is no {request.Method} {request.Path}",
            405 => $"{request.Path} answers no {request.Method}",
            415 => $"{request.Path} takes no {request.ContentType ?? "request without a content type"}",
            _ => UnreadableValue(context) ?? "the request cannot be understood",
        };
        return Problems.WriteAsync(context, status, sentence);
    }

    /// <summary>What a client did wrong gets its sentence; a failure of this program says nothing of its inside.</summary>
    public static Task WriteFailureAsync(HttpContext context)
    {
        (int Status, string Sentence) problem = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException e => (e.StatusCode, e.Message),
            JournalException e => (StatusCodes.Status503ServiceUnavailable, e.Message),
            _ => (StatusCodes.Status500InternalServerError, "a bug in this program: its log has more"),
        };
        return Problems.WriteAsync(context, problem.Status, problem.Sentence);
    }

    /// <summary>The values of the query that are not of the kind that the endpoint takes; null where all are.</summary>
    private static string? UnreadableValue(HttpContext context)
    {
        var kinds = (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .SelectMany(Kinds)
            .ToLookup(kind => kind.Name, kind => kind.Type, StringComparer.OrdinalIgnoreCase);
        var problems = context
            .Request.Query.SelectMany(value =>
                kinds[value.Key].Select(type => (value.Key, Type: type, Text: $"{value.Value}"))
            )
            .Where(value => !TypeDescriptor.GetConverter(value.Type).IsValid(value.Text))
            .Select(value =>
                $"{value.Key}: \"{value.Text}\" is not {(value.Type == typeof(bool) ? "true or false" : "a whole number")}"
            );
        return string.Join("; ", problems) is { Length: > 0 } sentence ? sentence : null;
    }

    /// <summary>What an endpoint takes as a number or a truth value: in a parameter, or in the properties of one.</summary>
    private static IEnumerable<(string Name, Type Type)> Kinds(IParameterBindingMetadata parameter)
    {
        var whole = parameter.ParameterInfo;
        IEnumerable<(string Name, Type Type)> taken = whole.IsDefined(typeof(AsParametersAttribute), inherit: false)
            ? whole.ParameterType.GetProperties().Select(property => (property.Name, property.PropertyType))
            : [(parameter.Name, whole.ParameterType)];
        return taken
            .Select(one => (one.Name, Type: Nullable.GetUnderlyingType(one.Type) ?? one.Type))
            .Where(one => one.Type == typeof(bool) || one.Type == typeof(int) || one.Type == typeof(long));
    }
}
