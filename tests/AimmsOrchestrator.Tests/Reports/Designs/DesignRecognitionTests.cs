using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Tests.Reports.Designs;

/// <summary>Which design is inferred from runs alone.</summary>
public sealed class DesignRecognitionTests
{
    [Theory]
    [InlineData("0;1;2;3", nameof(DesignKind.OneParameter))]
    [InlineData("0 0;0 1;1 0;1 1;2 0;2 1", nameof(DesignKind.Grid))]
    [InlineData("1 10;2 20;3 30", nameof(DesignKind.OneParameter))]
    [InlineData("5 5 5;6 5 5;4 5 5;5 6 5;5 5 7", nameof(DesignKind.OneAtATime))]
    [InlineData("6 5 5;5 5 7;5 5 5;4 5 5;5 6 5", nameof(DesignKind.OneAtATime))]
    [InlineData("5 5 5;6 5 5;4 5 5;5 6 5;5 5 5;6 5 5;4 5 5;5 6 5", nameof(DesignKind.OneAtATime))]
    [InlineData("5 5 10;6 5 11;7 5 12;4 5 9;3 5 8;5 6 11;5 7 12;5 4 9;5 3 8", nameof(DesignKind.OneAtATime))]
    [InlineData(
        "\"a\" 1 4;\"b\" 2 9;\"c\" 3 1;\"d\" 4 7;\"e\" 5 2;\"f\" 6 8;\"g\" 7 3;\"h\" 8 6",
        nameof(DesignKind.Sample)
    )]
    [InlineData("\"a\" 1;\"b\" 2;\"c\" 3", nameof(DesignKind.OneParameter))]
    [InlineData("1 4;2 9;3 1;4 7;5 2;6 8;7 3;8 6;9 5", nameof(DesignKind.Sample))]
    [InlineData("1 1 2;1 2 3;1 3 4;2 1 3;2 2 4;2 3 5", nameof(DesignKind.Grid))]
    public void A_design_is_inferred_from_its_runs(string points, string kind)
    {
        var rows = points.Split(';').Select(p => p.Split(' ')).ToArray();
        string[] names = [.. rows[0].Select((_, i) => $"p{i}")];
        var runs = rows.Select(
            (r, i) => Given.Run(i, $"{{{string.Join(',', r.Select((v, j) => $"\"p{j}\":{v}"))}}}", results: null)
        );

        Assert.Equal(kind, DesignRecognition.Infer(RunFrame.Of(Given.Batch(names, []), runs), [], []).Kind.ToString());
    }
}
