using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>
/// A profile as the journal stores it with a batch, so that the batch is the same whatever becomes of the profile. Where its
/// key is belongs to the person, not to the batch, and is left out.
/// </summary>
internal static class StoredProfile
{
    private sealed record Form(
        string Url,
        string? App,
        string? Version,
        ApiVersion Api,
        bool HasKey,
        LimitCeilings Limits
    );

    /// <summary>The name among a scenario's attachments; no file can be called so on every system.</summary>
    public static string AttachmentOf(string name) => $"profile: {name}";

    public static byte[] Write(ServiceProfile profile) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Form(
                profile.Address is null ? ServiceSettings.Emulator : profile.Url,
                profile.App,
                profile.Version,
                profile.Api,
                profile.Key is not null,
                profile.Ceilings
            )
        );

    public static ServiceProfile? Read(string name, ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Form>(json.Span) is { } form
                ? new ServiceProfile(name, $"the profile {name} of that time", form.Url)
                {
                    File = "",
                    Address = form.Url == ServiceSettings.Emulator ? null : new Uri(form.Url),
                    App = form.App,
                    Version = form.Version,
                    Api = form.Api,
                    IsStored = true,
                    HasKey = form.HasKey,
                    Ceilings = form.Limits,
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or UriFormatException)
        {
            return null;
        }
    }
}
