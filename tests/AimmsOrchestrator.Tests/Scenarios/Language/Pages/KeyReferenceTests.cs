using AimmsOrchestrator.Scenarios.Language.Pages;

namespace AimmsOrchestrator.Tests.Scenarios.Language.Pages;

/// <summary>The pages of the keys.</summary>
public sealed class KeyReferenceTests
{
    [Theory]
    [InlineData("sweep.sample", "sweep.sample")]
    [InlineData("Sweep.Sample", "sweep.sample")]
    [InlineData("sample", "sweep.sample")]
    [InlineData("limits.concurrency.auto.most", "limits.concurrency.auto.most")]
    [InlineData("sweep.matrix.freight", "sweep.matrix")]
    [InlineData("sweep.matrix.freight.step", "sweep.matrix.step")]
    [InlineData("sweep.sample.over.growth.normal", "sweep.sample.over.normal")]
    [InlineData("sweep.concat[0].matrix", "sweep.concat")]
    [InlineData("gaussian", "sweep.sample.over.normal")]
    [InlineData("latin-hypercube", null)]
    [InlineData("grid", "sweep.matrix")]
    [InlineData("parallel", "limits.concurrency")]
    [InlineData("sweeep", null)]
    public void A_page_is_found_by_its_path_its_last_part_or_a_synonym(string word, string? path)
    {
        // A path that leads into a sweep inside another one ends at that sweep: its keys are those of any sweep.
        var expected =
            path == "sweep.concat" ? []
            : path is null ? Array.Empty<string>()
            : [path];

        Assert.Equal(expected, KeyReference.Find(word).Select(page => page.Path));
    }

    [Theory]
    [InlineData("limits.concurency", "limits.concurrency")]
    [InlineData("concurency", "limits.concurrency")]
    [InlineData("zzzzzzz", null)]
    public void The_nearest_key_is_suggested(string word, string? nearest) =>
        Assert.Equal(nearest, KeyReference.Nearest(word));

    [Fact]
    public void A_word_that_is_a_key_in_several_places_has_several_pages() =>
        Assert.Contains("sweep.sample.count", KeyReference.Find("n").Select(page => page.Path));

    [Theory]
    [InlineData("retry.attempts", "3")]
    [InlineData("poll", "adaptive")]
    [InlineData("responses", "all")]
    [InlineData("service.name", null)]
    public void The_default_is_what_the_description_says(string path, string? expected) =>
        Assert.Equal(expected, Assert.Single(KeyReference.Find(path)).Default);

    [Fact]
    public void Every_key_has_a_description_and_an_example_with_its_name()
    {
        Assert.All(
            KeyReference.All,
            page =>
            {
                Assert.NotEmpty(page.Description);
                Assert.NotEmpty(page.Form);
                Assert.NotNull(page.Example);
            }
        );
        var missing = KeyReference
            .All.Where(page => page.Path.Count(c => c == '.') <= 1)
            .Where(page => !page.Example!.Contains(page.Path.Split('.')[^1], StringComparison.Ordinal));
        Assert.Empty(missing.Select(page => page.Path));
    }

    [Fact]
    public void Every_example_belongs_to_a_key() =>
        Assert.Empty(KeyExamples.Paths.Except(KeyReference.All.Select(page => page.Path), StringComparer.Ordinal));
}
