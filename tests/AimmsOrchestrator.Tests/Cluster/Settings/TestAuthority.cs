using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Cluster.Settings;

/// <summary>An authority of a test, and the certificates that it issues, as PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection BothUses = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private readonly TemporaryFolder _folder;
    private readonly string _name;
    private readonly X509Certificate2 _certificate;
    private int _issued;

    public TestAuthority(TemporaryFolder folder, string name)
    {
        (_folder, _name) = (folder, name);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        Pem = _certificate.ExportCertificatePem();
        File = Write("authority", Pem);
    }

    /// <summary>Its certificate's file.</summary>
    public string File { get; }

    /// <summary>Its certificate.</summary>
    public string Pem { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Issues a certificate.</summary>
    /// <param name="uses">What it may be used for; both ends of a connection by default.</param>
    /// <param name="isExpired">Whether its time is over.</param>
    /// <returns>Its file, and its key's.</returns>
    public (string Certificate, string Key) Issue(OidCollection? uses = null, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var number = ++_issued;
        var request = new CertificateRequest($"CN=node{number}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses ?? BothUses, false));
        using var issued = request.Create(
            _certificate,
            Now.AddHours(-20),
            Now.AddHours(isExpired ? -10 : 10),
            [1, (byte)number]
        );
        return (
            Write($"node{number}", issued.ExportCertificatePem()),
            Write($"node{number}-key", key.ExportPkcs8PrivateKeyPem())
        );
    }

    /// <summary>A node's certificates.</summary>
    /// <param name="alsoTrusts">Another authority whose nodes the node accepts.</param>
    public ClusterTls Node(TestAuthority? alsoTrusts = null)
    {
        var (certificate, key) = Issue();
        return ClusterTls.Load(certificate, key, Write($"trusted{_issued}", $"{Pem}\n{alsoTrusts?.Pem}"));
    }

    public void Dispose() => _certificate.Dispose();

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.Path, $"{_name}-{name}.pem");
        System.IO.File.WriteAllText(file, text);
        return file;
    }
}
