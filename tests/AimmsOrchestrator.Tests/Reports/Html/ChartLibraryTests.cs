using System.Security.Cryptography;
using AimmsOrchestrator.Reports.Html;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Reports.Html;

/// <summary>The chart library that every page of a report carries, against the hashes that were recorded when it was built.</summary>
public sealed class ChartLibraryTests
{
    private static readonly string Folder = Path.Combine(
        RepositoryFolder.Root,
        "src/AimmsOrchestrator.Reports/Html/Assets/echarts"
    );

    public static TheoryData<string, string> Recorded
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var line in File.ReadAllLines(Path.Combine(Folder, "SHA256SUMS")))
            {
                files.Add(line[66..], line[..64]);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Each_file_is_the_one_that_was_recorded(string name, string hash) =>
        Assert.Equal(hash, HashOf(File.ReadAllBytes(Path.Combine(Folder, name))));

    [Fact]
    public void The_page_embeds_the_library_that_was_recorded()
    {
        var assembly = typeof(HtmlReport).Assembly;
        var resource = Assert.Single(
            assembly.GetManifestResourceNames(),
            name => name.EndsWith("echarts.echarts.js", StringComparison.Ordinal)
        );
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        Assert.Contains(Recorded, file => Equals(file[0], "echarts.js") && Equals(file[1], HashOf(bytes)));
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
