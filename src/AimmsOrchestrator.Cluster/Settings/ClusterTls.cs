using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AimmsOrchestrator.Cluster.Settings;

/// <summary>
/// A node's certificate and the authority that has issued those of all nodes. Both ends of a connection show one: one that is not of
/// this authority is refused, whatever the machine's own store of authorities says. Names in certificates are not compared.
/// </summary>
public sealed class ClusterTls : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities;

    private ClusterTls(X509Certificate2 certificate, X509Certificate2Collection authorities) =>
        (Certificate, _authorities) = (certificate, authorities);

    /// <summary>This node's certificate, with its key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Reads PEM files.</summary>
    /// <param name="certificate">This node's certificate; its key may be in the same file.</param>
    /// <param name="key">Its key, without a password; null where the certificate's file has it.</param>
    /// <param name="authority">The authority's certificate, or several while one takes the place of another.</param>
    /// <exception cref="ClusterTlsException">A file cannot be read or used.</exception>
    public static ClusterTls Load(string certificate, string? key, string authority)
    {
        var authorities = new X509Certificate2Collection();
        Read(authority, () => authorities.ImportFromPemFile(authority));
        if (authorities.Count == 0)
        {
            throw new ClusterTlsException($"{authority} has no certificate in PEM");
        }

        X509Certificate2? own = null;
        Read(
            certificate,
            () =>
            {
                // Windows uses no key that was never in a store: by way of PKCS#12 it is in one.
                using var read = X509Certificate2.CreateFromPemFile(certificate, key);
                own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
            }
        );
        var tls = new ClusterTls(own!, authorities);
        if (tls.WhyRefused(tls.Certificate, presented: null) is { } reason)
        {
            tls.Dispose();
            throw new ClusterTlsException($"other nodes would refuse {certificate}: {reason}");
        }

        return tls;
    }

    /// <summary>Whether a node that shows a certificate is one of this cluster.</summary>
    internal bool Accepts(X509Certificate2? certificate, X509Chain? presented) =>
        certificate is not null && WhyRefused(certificate, presented) is null;

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private string? WhyRefused(X509Certificate2 certificate, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // A node is the server of some connections and the client of others.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerUse));
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUse));
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate)
            ? null
            : string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
    }

    private static void Read(string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ClusterTlsException($"{file} cannot be read: {e.Message}", e);
        }
    }
}
