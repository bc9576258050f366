using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Tests.Scenarios.Tables;

namespace AimmsOrchestrator.Tests.Scenarios.Sweeps;

public sealed class SweepTests
{
    [Fact]
    public void Derived_parameters_build_on_each_other()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix: { freight: [80, 90], growth: [1.5] }
              let:
                load: freight * growth
                twice: load * 2
                label: "`f${freight}`"
            request: { json: { twice: "${{ twice }}" } }
            """
        );

        Assert.Equal(
            [
                """{"freight":80,"growth":1.5,"load":120,"twice":240,"label":"f80"}""",
                """{"freight":90,"growth":1.5,"load":135,"twice":270,"label":"f90"}""",
            ],
            scenario.Parameters()
        );
        Assert.Equal(["freight=80", "freight=90"], scenario.Names());
        Assert.Equal("""{"twice":240}""", scenario.Runs()[0].Body());
        Assert.Equal(2, scenario.Plan.Runs.Count);
    }

    /// <summary>The language page's own example: 70 to 110 by 10, growth 0.9, 1.0, 1.1, freight × growth below 115.</summary>
    [Fact]
    public void When_drops_runs_and_the_rest_are_numbered_without_gaps()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { freight: { from: 70, to: 110, step: 10 }, growth: [0.9, 1.0, 1.1] }, when: freight * growth < 115 }"
        );

        var runs = scenario.Runs();
        Assert.Equal(14, runs.Count);
        Assert.Equal(14, scenario.Plan.Runs.Count);
        Assert.Equal(Enumerable.Range(0, 14).Select(i => (long)i), runs.Select(run => run.Index));
        Assert.DoesNotContain("freight=110 growth=1.1", scenario.Names());
        Assert.Equal(runs.Skip(5).Select(run => run.Name), scenario.Plan.Runs.From(5).Select(run => run.Name));
    }

    [Fact]
    public void A_run_that_violates_a_requirement_is_an_error_that_names_it()
    {
        var diagnostics = Given.Diagnostics(
            "service: { url: emulator, name: echo }\nsweep: { matrix: { x: [1, 2, 3] }, require: [x > 0, x < 3] }"
        );

        Assert.Equal("require: x < 3 does not hold for run 2 (x=3)", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void A_run_beyond_the_checked_ones_fails_for_its_requirement()
    {
        var runs = Given.Sketch("sweep: { matrix: { x: { from: 1, to: 100001, step: 1 } }, require: x <= 100000 }");

        Assert.Equal(
            "scenario.yaml:3:68: require: x <= 100000 does not hold",
            Assert.Single(runs.Plan.Runs.From(100_000)).Defect
        );
    }

    [Fact]
    public void A_name_that_is_no_identifier_can_stand_alone_in_an_expression()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              matrix: { node-version: [14, 16], "Demand (t)": [5] }
              let: { next: node-version, twice: next * 2 }
            request: { json: { v: "${{ node-version }}", d: "${{ Demand (t) }}", t: "v${{ node-version }}/${{ twice }}" } }
            """
        );

        Assert.Equal("""{"v":14,"d":5,"t":"v14/28"}""", scenario.Runs()[0].Body());
    }

    [Fact]
    public void Zip_goes_side_by_side_and_siblings_multiply_in_the_order_written()
    {
        var scenario = Given.Sketch(
            "sweep: { zip: { a: [1, 2], b: { from: 3, to: 4, step: 1 } }, matrix: { c: [x, y] } }"
        );

        Assert.Equal(["a=1 b=3 c=x", "a=1 b=3 c=y", "a=2 b=4 c=x", "a=2 b=4 c=y"], scenario.Names());
    }

    [Fact]
    public void Concat_puts_whole_sweeps_one_after_the_other()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              concat:
                - matrix: { a: [1, 2, 3] }
                  when: a != 2
                - { runs: [{ a: 9, b: x }] }
              matrix: { c: [0, 1] }
            """
        );

        Assert.Equal(["a=1 c=0", "a=1 c=1", "a=3 c=0", "a=3 c=1", "a=9 b=x c=0", "a=9 b=x c=1"], scenario.Names());
    }

    [Fact]
    public void Replicates_are_numbered_from_one_and_their_number_is_part_of_the_key()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { x: [5, 6] }, repeat: { times: 2, as: again } }\nrequest: { json: { x: \"${{ x }}\" } }"
        );

        var runs = scenario.Runs();
        Assert.Equal(["x=5 again=1", "x=5 again=2", "x=6 again=1", "x=6 again=2"], scenario.Names());
        Assert.Equal(4, runs.Select(run => run.Key).Distinct().Count());
        const string Canonical =
            """{"address":"emulator","app":null,"replicate":2,"request":{"x":5},"service":"echo","version":null}""";
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical))),
            runs[1].Key!.Value.Hex
        );
    }

    [Fact]
    public void Limit_applies_last()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { x: { from: 1, to: 1000000, step: 1 } }, when: x % 2 == 0, repeat: { times: 2 }, limit: 3 }"
        );

        Assert.Equal(["x=2 replicate=1", "x=2 replicate=2", "x=4 replicate=1"], scenario.Names());
        Assert.Equal(3, scenario.Plan.Runs.Count);
    }

    [Fact]
    public void One_at_a_time_runs_the_base_once_and_then_each_parameter_through_its_values()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              oat:
                base: { freight: 90, growth: 1.0, mode: road }
                vary:
                  freight: { percent: [-10, 0, 10] }
                  growth: [0.9, 1.0, 1.1]
            """
        );

        Assert.Equal(
            [
                """{"freight":90,"growth":1.0,"mode":"road"}""",
                """{"freight":81,"growth":1.0,"mode":"road"}""",
                """{"freight":99,"growth":1.0,"mode":"road"}""",
                """{"freight":90,"growth":0.9,"mode":"road"}""",
                """{"freight":90,"growth":1.1,"mode":"road"}""",
            ],
            scenario.Parameters()
        );
        Assert.Equal(5, scenario.Plan.Runs.Count);
    }

    [Theory]
    [InlineData("t.csv", "plant,Demand (t),ok,zip,note\ndenver,10.50,true,00123,\"a, b\"\ntopeka,,false,9,\n")]
    [InlineData("t.csv", "plant;Demand (t);ok;zip;note\r\ndenver;10.50;true;00123;a, b\r\ntopeka;;false;9;\r\n")]
    [InlineData(
        "t.jsonl",
        "{\"plant\":\"denver\",\"Demand (t)\":10.50,\"ok\":true,\"zip\":\"00123\",\"note\":\"a, b\"}\n\n{\"plant\":\"topeka\",\"Demand (t)\":null,\"ok\":false,\"zip\":9,\"note\":null}"
    )]
    public void A_table_is_one_run_per_row(string file, string text)
    {
        var scenario = Given.Sketch(
            $"sweep: {{ table: {{ file: {file}, columns: {{ \"Demand (t)\": demand, note: null }} }} }}",
            (file, text)
        );

        Assert.Equal(
            [
                """{"plant":"denver","demand":10.50,"ok":true,"zip":"00123"}""",
                """{"plant":"topeka","demand":null,"ok":false,"zip":9}""",
            ],
            scenario.Parameters()
        );
    }

    [Fact]
    public void Where_keeps_the_rows_for_which_it_holds()
    {
        var scenario = Given.Sketch(
            "sweep: { table: { file: t.csv, where: \"demand > 5 && plant !== 'x'\" }, matrix: { f: [1, 2] } }",
            ("t.csv", "plant,demand\na,1\nb,6\nx,9\nc,7")
        );

        Assert.Equal(
            ["plant=b demand=6 f=1", "plant=b demand=6 f=2", "plant=c demand=7 f=1", "plant=c demand=7 f=2"],
            scenario.Names()
        );
        Assert.Equal(4, scenario.Plan.Runs.Count);
    }

    [Fact]
    public void A_table_may_be_a_sheet_of_a_workbook()
    {
        var workbook = TestWorkbook.Of(
            TestWorkbook.Texts(1, "plant", "demand", "on")
                + "<row><c t=\"inlineStr\"><is><t>denver</t></is></c><c><v>10.5</v></c><c t=\"b\"><v>1</v></c></row>"
                + "<row><c t=\"inlineStr\"><is><t>topeka</t></is></c><c><v>7</v></c><c t=\"b\"><v>0</v></c></row>"
        );
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["t.xlsx"] = workbook };

        var result = Given
            .Loader()
            .LoadStored(
                Given.File,
                "name: t\nservice: { url: emulator, name: s }\nsweep: { table: { file: t.xlsx, sheet: Cases } }",
                files,
                AimmsOrchestrator.Scenarios.ScenarioOverrides.None
            );

        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            ["""{"plant":"denver","demand":10.5,"on":true}""", """{"plant":"topeka","demand":7,"on":false}"""],
            result.Scenario!.Parameters()
        );
    }

    [Fact]
    public void A_parameter_that_only_another_part_has_is_no_value_here()
    {
        var runs = Given
            .Sketch(
                "sweep: { concat: [{ matrix: { a: [1], b: [2] } }, { matrix: { a: [1] }, when: b > 1, limit: 3 }] }"
            )
            .Runs();

        Assert.Equal(["""{"a":1,"b":2}"""], runs.Select(run => run.Parameters.ToJson()));
    }

    [Fact]
    public void Runs_are_entered_anywhere_whatever_the_sweep_is_made_of()
    {
        var scenario = Given.Sketch(
            """
            sweep:
              concat:
                - { zip: { a: [1, 2], b: [3, 4] }, let: { c: a + b } }
                - { oat: { base: { a: 0, b: 0 }, vary: { a: [1, 2] } }, repeat: { times: 2 } }
                - { sample: { method: lhs, count: 5, over: { a: { int: [1, 9] } } }, order: shuffle, limit: 4 }
              matrix: { d: { from: 0, until: 3, step: 1 } }
            request: { json: { a: "${{ a }}", d: "${{ d }}" } }
            """
        );
        var all = scenario.Runs();

        Assert.Equal((2 + 6 + 4) * 3, all.Count);
        Assert.Equal(all.Count, scenario.Plan.Runs.Count);
        for (var i = 0; i <= all.Count; i += 5)
        {
            Assert.Equal(all.Skip(i).Select(run => run.Key), scenario.Plan.Runs.From(i).Select(run => run.Key));
        }
    }

    [Fact]
    public void A_sweep_with_gaps_is_entered_where_it_should_be_first_and_again()
    {
        var runs = Given
            .Sketch("sweep: { matrix: { x: { from: 0, until: 9000, step: 1 } }, when: x % 2 === 0 }")
            .Plan.Runs;

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("x=6002", runs.From(3001).First().Name);
            Assert.Equal("x=4000", runs.From(2000).First().Name);
            Assert.Equal(500, runs.From(4000).Count());
            Assert.Empty(runs.From(4500));
        }
    }

    [Fact]
    public void A_swapped_column_and_parameter_is_reported()
    {
        var diagnostics = Given.Diagnostics(
            "name: t\nservice: { url: emulator, name: s }\nsweep: { table: { file: t.csv, columns: { demand: 'Demand (t)' } } }",
            ("t.csv", "Demand (t)\n1")
        );

        Assert.Equal(
            "scenario.yaml:3:43: table.columns: t.csv has no column \"demand\"; write it the other way round: { \"Demand (t)\": demand }",
            diagnostics[0].ToString()
        );
    }
}
