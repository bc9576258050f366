using System.Diagnostics;
using AimmsOrchestrator.Domain.TaskService;
using OpenTelemetry;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Removes the key from traces before they are exported. The engine's own attributes are free of it; those of the HTTP stack
/// name addresses, which are others' words after a redirect.
/// </summary>
internal sealed class RedactingProcessor(KeyRedactor redactor) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            if (value is string text && redactor.Redact(text) is var safe && safe != text)
            {
                data.SetTag(name, safe);
            }
        }

        if (data.StatusDescription is { } status)
        {
            data.SetStatus(data.Status, redactor.Redact(status));
        }
    }
}
