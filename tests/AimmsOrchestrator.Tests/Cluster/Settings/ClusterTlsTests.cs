using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cluster.Settings;

/// <summary>Which certificates a node may have, and which it accepts.</summary>
public sealed class ClusterTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _own;
    private readonly TestAuthority _other;

    public ClusterTlsTests() =>
        (_own, _other) = (new TestAuthority(_folder, "own"), new TestAuthority(_folder, "other"));

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_node_accepts_the_certificates_of_its_authority_and_no_other()
    {
        using var node = _own.Node();
        using var fellow = _own.Node();
        using var rogue = _other.Node();

        Assert.True(node.Accepts(fellow.Certificate, null));
        Assert.False(node.Accepts(rogue.Certificate, null));
        Assert.False(node.Accepts(null, null));
        Assert.True(node.Certificate.HasPrivateKey);
    }

    [Fact]
    public void A_new_authority_can_take_the_place_of_the_old_one_while_both_are_accepted()
    {
        using var node = _own.Node(alsoTrusts: _other);
        using var renewed = _other.Node();

        Assert.True(node.Accepts(renewed.Certificate, null));
    }

    [Fact]
    public void A_certificate_that_other_nodes_would_refuse_is_refused_at_the_start()
    {
        var (foreign, foreignKey) = _other.Issue();
        var (expired, expiredKey) = _own.Issue(isExpired: true);
        var (server, serverKey) = _own.Issue([new Oid("1.3.6.1.5.5.7.3.1")]);

        Assert.StartsWith($"other nodes would refuse {foreign}: ", Refused(foreign, foreignKey, _own.File));
        Assert.StartsWith($"other nodes would refuse {expired}: ", Refused(expired, expiredKey, _own.File));
        Assert.StartsWith($"other nodes would refuse {server}: ", Refused(server, serverKey, _own.File));
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named()
    {
        var (certificate, key) = _own.Issue();
        var (_, otherKey) = _own.Issue();
        var missing = Path.Combine(_folder.Path, "missing.pem");

        Assert.StartsWith($"{missing} cannot be read: ", Refused(certificate, key, missing));
        Assert.StartsWith($"{missing} cannot be read: ", Refused(missing, key, _own.File));
        Assert.StartsWith($"{certificate} cannot be read: ", Refused(certificate, otherKey, _own.File));
        Assert.StartsWith($"{certificate} cannot be read: ", Refused(certificate, null, _own.File));
        Assert.Equal($"{key} has no certificate in PEM", Refused(certificate, key, key));
    }

    private static string Refused(string certificate, string? key, string authority) =>
        Assert.Throws<ClusterTlsException>(() => ClusterTls.Load(certificate, key, authority)).Message;
}
