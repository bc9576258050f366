using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>A scenario with the files that it reads, as a caller sent it.</summary>
/// <param name="FileName">The scenario's file.</param>
/// <param name="Source">Its text.</param>
/// <param name="Files">The files by the name that the scenario gives them.</param>
internal sealed record Upload(string FileName, string Source, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    private const int LongestName = 200;
    private const int MostFiles = 1000;
    private const string DefaultName = "scenario.yaml";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>SHA-256 of all of it, and of what else the caller asks for.</summary>
    public byte[] DigestWith(string query)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(FileName, Encoding.UTF8.GetBytes(Source));
        foreach (var (name, bytes) in Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Add(name, bytes.Span);
        }

        Add("query", Encoding.UTF8.GetBytes(query));
        return hash.GetHashAndReset();

        void Add(string name, ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            hash.AppendData(SHA256.HashData(bytes));
        }
    }

    /// <summary>Reads a request's body: YAML alone, or a form with a part <c>scenario</c> and parts <c>file</c>.</summary>
    /// <exception cref="BadHttpRequestException">It is neither, or too large, or has a name that no file may have.</exception>
    public static async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
        {
            throw new BadHttpRequestException(
                $"the body is packed ({Shown(encoding)}); send it as it is",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" or "text/plain" => new Upload(
                DefaultName,
                Text(await BytesAsync(request.Body, cancellation)),
                new Dictionary<string, ReadOnlyMemory<byte>>()
            ),
            "multipart/form-data" => await OfFormAsync(await FormAsync(request, cancellation), cancellation),
            _ => throw new BadHttpRequestException(
                $"the body is {type ?? "of no type"}; send application/yaml, or multipart/form-data with the parts scenario and file",
                StatusCodes.Status415UnsupportedMediaType
            ),
        };
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException(
                $"the form cannot be read: {e.Message}",
                StatusCodes.Status400BadRequest,
                e
            );
        }
    }

    private static async Task<Upload> OfFormAsync(IFormCollection form, CancellationToken cancellation)
    {
        foreach (var part in form.Files.Where(part => part.Name is not ("scenario" or "file")))
        {
            throw Bad($"the part \"{Shown(part.Name)}\" is neither scenario nor file");
        }

        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var part in form.Files.GetFiles("file"))
        {
            if (Problem(part.FileName) is { } problem)
            {
                throw Bad($"the file name \"{Shown(part.FileName)}\" {problem}");
            }

            await using var stream = part.OpenReadStream();
            if (!files.TryAdd(part.FileName, await BytesAsync(stream, cancellation)))
            {
                throw Bad($"the file \"{part.FileName}\" is there twice");
            }

            if (files.Count > MostFiles)
            {
                throw Bad($"there are more than {MostFiles} files");
            }
        }

        return form.Files.GetFile("scenario") is { } scenario ? await OfPartAsync(scenario, files, cancellation)
            : form.TryGetValue("scenario", out var text) && text is [{ Length: > 0 } source]
                ? new Upload(DefaultName, source, files)
            : throw Bad(Missing(form["scenario"]));
    }

    private static string Missing(StringValues scenario) =>
        scenario.Count > 1
            ? "the part scenario is there more than once"
            : "the part scenario is missing: it is the YAML text";

    private static async Task<Upload> OfPartAsync(
        IFormFile part,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        CancellationToken cancellation
    )
    {
        var name = Path.GetFileName(part.FileName.Replace('\\', '/'));
        name = name.Length == 0 ? DefaultName : name;
        if (Problem(name) is { } problem)
        {
            throw Bad($"the file name \"{Shown(name)}\" {problem}");
        }

        await using var stream = part.OpenReadStream();
        return new Upload(name, Text(await BytesAsync(stream, cancellation)), files);
    }

    /// <summary>Why a file may not be called so, as the end of a sentence; null where it may.</summary>
    internal static string? Problem(string name)
    {
        var parts = name.Split('/');
        return name.Length == 0 ? "is empty"
            : name.Length > LongestName ? $"is longer than {LongestName} letters"
            : name.Any(char.IsControl) ? "has a control character"
            // A disk, a stream of a file, or what the journal stores under such names itself.
            : name.Contains(':', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal)
                ? "has a colon or a backslash; write folders with a slash"
            : parts.Any(part => part is "" or "." or "..") ? "leads out of the folder of the scenario"
            : null;
    }

    private static string Shown(string name) =>
        new([.. name.Take(LongestName).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    private static string Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new BadHttpRequestException("the scenario is not UTF-8", StatusCodes.Status400BadRequest, e);
        }
    }

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellation)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellation);
        return copy.ToArray();
    }

    private static BadHttpRequestException Bad(string message) => new(message, StatusCodes.Status400BadRequest);
}
