using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Drafts;
using AimmsOrchestrator.Scenarios.Json;

namespace AimmsOrchestrator.Tests.Scenarios.Drafts;

/// <summary>The values of a request that could vary, and values around them.</summary>
public sealed class CandidateTests
{
    /// <summary>Each by hand: a tenth of the number on one digit, twice to either side.</summary>
    [Theory]
    [InlineData("90", "{ from: 72, to: 108, step: 9 }")]
    [InlineData("275", "{ from: 215, to: 335, step: 30 }")]
    [InlineData("1", "{ from: 1, to: 5, step: 1 }")]
    [InlineData("3", "{ from: 1, to: 5, step: 1 }")]
    [InlineData("-40", "{ from: -48, to: -32, step: 4 }")]
    [InlineData("1.0", "{ from: 0.8, to: 1.2, step: 0.1 }")]
    [InlineData("0.95", "{ from: 0.75, to: 1.15, step: 0.1 }")]
    [InlineData("0", "[0, 1]")]
    [InlineData("0.0", "[0, 1]")]
    [InlineData("1e3", "{ from: 800, to: 1200, step: 100 }")]
    [InlineData("1e300", "[9E+299, 1e300, 1.1E+300]")]
    public void Values_stand_around_the_number_on_round_steps(string written, string expected) =>
        Assert.Equal(expected, CandidateValues.Around(written));

    [Theory]
    [InlineData("""{ "freight": 90 }""", "/freight", "freight")]
    [InlineData("""{ "demand": { "new-york": 325 } }""", "/demand/new-york", "new_york")]
    [InlineData("""{ "a/b": { "c~d": 1 } }""", "/a~1b/c~0d", "c_d")]
    [InlineData("""{ "Größe (m²)": 1 }""", "/Größe (m²)", "Größe_m")]
    [InlineData("""{ "run": 1 }""", "/run", "run_")]
    [InlineData("""{ "2030": 1 }""", "/2030", "p2030")]
    [InlineData("""[[7]]""", "/0/0", "p0")]
    public void A_number_is_found_by_its_pointer_and_has_a_name_for_expressions(string json, string place, string name)
    {
        var candidate = Assert.Single(In(json).Candidates);

        Assert.Equal((place, name), (candidate.JsonPointer, candidate.Name));
    }

    [Fact]
    public void Numbers_of_records_have_the_records_label_where_their_names_repeat()
    {
        var (candidates, _) = In("""{ "plants": [{ "id": "Bonn", "cap": 5 }, { "id": "Kiel", "cap": 7 }] }""");

        Assert.Equal(["cap", "Kiel_cap"], candidates.Where(c => !c.IsText).Select(c => c.Name));
    }

    [Fact]
    public void A_large_request_has_its_first_numbers_and_the_count_of_all()
    {
        var (candidates, numbers) = In($"[{string.Join(',', Enumerable.Range(1, 5000))}]");

        Assert.Equal((CandidateFinder.Most, 5000), (candidates.Count, numbers));
        Assert.Equal(candidates.Count, candidates.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_number_nearest_to_the_top_that_is_no_label_varies()
    {
        var (candidates, numbers) = In("""{ "id": 7, "deep": { "x1": 1 }, "year": 2030, "freight": 90 }""");
        var draft = new ScenarioDraft("d", "s") { Candidates = candidates, Numbers = numbers };

        Assert.Equal("/freight", Assert.Single(draft.Chosen).JsonPointer);
    }

    private static (IReadOnlyList<Candidate> Candidates, int Numbers) In(string json) =>
        CandidateFinder.In(JsonReader.Read("request.json", Encoding.UTF8.GetBytes(json), new DiagnosticBag())!);
}
