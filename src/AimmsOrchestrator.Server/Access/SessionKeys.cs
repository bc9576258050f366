using System.Xml.Linq;
using AimmsOrchestrator.Domain.Workspaces;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AimmsOrchestrator.Server.Access;

/// <summary>
/// The keys that sessions are signed with, in the workspace's database: a session that one server of the workspace began is
/// good at every other one.
/// </summary>
internal sealed class SessionKeys(IWorkspace workspace) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var book = workspace.OpenAccessBook();
        return [.. book.SessionKeys().Select(XElement.Parse)];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var book = workspace.OpenAccessBook();
        book.AddSessionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
