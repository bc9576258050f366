using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AimmsOrchestrator.Benchmarks.Hostile;

/// <summary>One input that is too large, too deep or too long.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Command">The program's arguments.</param>
/// <param name="Scenario">The text of <c>s.yaml</c>, with URL for the service's address.</param>
internal sealed record HostileInput(string Name, string[] Command, string Scenario)
{
    private const string Service = "name: s\nservice: { url: \"URL\", name: x }\n";
    private const string OneRun = Service + "request: { json: {} }\npoll: { every: 10ms }\n";
    private const string Emulator = "name: s\nservice: { url: emulator, name: echo }\n";

    private static readonly string[] Run = ["run", "s.yaml"];
    private static readonly string[] Plan = ["plan", "s.yaml"];

    /// <summary>What the service answers; null where the input needs none.</summary>
    public ServiceAnswers? Answers { get; init; }

    /// <summary>Writes the files beside the scenario.</summary>
    public Func<string, Task> WriteFilesAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>How long it may take; then it is interrupted.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    public static IReadOnlyList<HostileInput> All { get; } =
    [
        new("array of 105 MB that a result needs", Run, OneRun + "results: { n: response.length }\n")
        {
            Answers = Responding(null, Numbers(105)),
        },
        new("array of 105 MB that none needs", Run, OneRun + "results: { a: 1 }\n")
        {
            Answers = Responding(null, Numbers(105)),
        },
        new("gzip bomb of 1.6 GB", Run, OneRun) { Answers = Responding("gzip", Zipped(s => new GZipStream(s, Fast))) },
        new("brotli bomb of 1.6 GB", Run, OneRun)
        {
            Answers = Responding("br", Zipped(s => new BrotliStream(s, Fast))),
        },
        new(
            "8 answers of 60 MB at once",
            Run,
            Service
                + "sweep: { matrix: { n: [1, 2, 3, 4, 5, 6, 7, 8] } }\nrequest: { json: { n: \"${{ n }}\" } }\n"
                + "limits: { concurrency: 8 }\npoll: { every: 10ms }\nresults: { n: response.length }\n"
        )
        {
            Answers = Responding(null, Numbers(60)),
        },
        .. Tables("CSV of 65 MB", "t.csv", folder => LinesAsync(folder, "t.csv", CsvHead, CsvLine, 65)),
        .. Tables("CSV of 127 MB", "t.csv", folder => LinesAsync(folder, "t.csv", CsvHead, CsvLine, 127)),
        .. Tables("JSON Lines of 65 MB", "t.jsonl", folder => LinesAsync(folder, "t.jsonl", "", JsonLine, 65)),
        new("xlsx of 3 MB, 2 GB unzipped", Plan, TableOf("t.xlsx"))
        {
            WriteFilesAsync = folder => HostileWorkbook.WriteAsync(folder, "<row><c><v>1</v></c></row>", 2000),
        },
        new("xlsx with a row of 250 MB", Plan, TableOf("t.xlsx"))
        {
            WriteFilesAsync = folder => HostileWorkbook.WriteAsync(folder, "<c/>", 250),
        },
        new("xlsx with a text of 250 MB", Plan, TableOf("t.xlsx"))
        {
            WriteFilesAsync = folder => HostileWorkbook.WriteAsync(folder, "x", 250),
        },
        new("xlsx with 250 MB of rows", Plan, TableOf("t.xlsx"))
        {
            WriteFilesAsync = folder => HostileWorkbook.WriteAsync(folder, "<row><c><v>1</v></c></row>", 250),
        },
        new("xlsx with 250 MB of cells in rows", Plan, TableOf("t.xlsx"))
        {
            WriteFilesAsync = folder =>
                HostileWorkbook.WriteAsync(
                    folder,
                    $"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 1000))}</row>",
                    250
                ),
        },
        new("JSON body of 100 MB", Plan, Emulator + "request: { file: b.json }\n")
        {
            WriteFilesAsync = folder => NumbersFileAsync(folder, "b.json", 100),
        },
        new("1,000,000,000 runs dropped by when", Plan, Billion) { Patience = TimeSpan.FromSeconds(15) },
        new("deep recursion", Plan, Expression("${{ (function f(x) { return `${{ toString: () => f(x) }}` })(1) }}")),
        new("200,000 terms", Plan, Expression($"${{{{ {string.Join('+', Enumerable.Repeat("1", 200_000))} }}}}")),
        new("errorMessage of 1 MB", Run, OneRun)
        {
            Answers = new ServiceAnswers { State = "failed", ErrorMessage = new string('e', 1 << 20) },
        },
        new("task id of 1 MB", Run, OneRun) { Answers = new ServiceAnswers { IdPrefix = new string('i', 1 << 20) } },
    ];

    private const CompressionLevel Fast = CompressionLevel.Fastest;

    private const string Billion =
        Emulator
        + "sweep: { matrix: { a: { from: 1, to: 1000, step: 1 }, b: { from: 1, to: 1000, step: 1 }, c: { from: 1, to: 1000, step: 1 } }, when: a > 1000 }\n"
        + "request: { json: { a: \"${{ a }}\" } }\n";

    private const string CsvHead = "id,a,b,c,d,e,f,g";

    private static string TableOf(string file) =>
        Emulator
        + $"sweep: {{ table: {{ file: {file} }} }}\nrequest: {{ json: {{ id: \"${{{{ id }}}}\" }} }}\nlimits: {{ concurrency: 64 }}\n";

    private static string Expression(string text) =>
        Emulator + $"sweep: {{ matrix: {{ n: [1] }} }}\nrequest: {{ json: {{ n: \"{text}\" }} }}\n";

    private static IEnumerable<HostileInput> Tables(string name, string file, Func<string, Task> write) =>
        new[] { Plan, Run }.Select(command => new HostileInput($"{name}, {command[0]}", command, TableOf(file))
        {
            WriteFilesAsync = write,
            Patience = TimeSpan.FromSeconds(30),
        });

    private static ServiceAnswers Responding(string? encoding, Func<Stream, Task> write) =>
        new() { Encoding = encoding, WriteResponseAsync = write };

    private static Func<Stream, Task> Numbers(int megabytes) =>
        async stream =>
        {
            await stream.WriteAsync("[1"u8.ToArray()).ConfigureAwait(false);
            var chunk = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(",1", 1 << 19)));
            for (var written = 0; written < megabytes; written++)
            {
                await stream.WriteAsync(chunk).ConfigureAwait(false);
            }

            await stream.WriteAsync("]"u8.ToArray()).ConfigureAwait(false);
        };

    private static Func<Stream, Task> Zipped(Func<Stream, Stream> zip)
    {
        var zipped = new Lazy<byte[]>(() => Zip(zip));
        return async stream => await stream.WriteAsync(zipped.Value).ConfigureAwait(false);
    }

    private static byte[] Zip(Func<Stream, Stream> zip)
    {
        using var memory = new MemoryStream();
        using (var stream = zip(memory))
        {
            var chunk = new byte[1 << 20];
            Array.Fill(chunk, (byte)' ');
            for (var written = 0; written < 1600; written++)
            {
                stream.Write(chunk);
            }
        }

        return memory.ToArray();
    }

    private static async Task NumbersFileAsync(string folder, string name, int megabytes)
    {
        await using var file = File.Create(Path.Combine(folder, name));
        await Numbers(megabytes)(file).ConfigureAwait(false);
    }

    private static async Task LinesAsync(string folder, string name, string head, Func<int, string> line, int megabytes)
    {
        await using var file = new StreamWriter(Path.Combine(folder, name));
        if (head.Length > 0)
        {
            await file.WriteLineAsync(head).ConfigureAwait(false);
        }

        for (var i = 0; file.BaseStream.Position < (long)megabytes << 20; i++)
        {
            await file.WriteLineAsync(line(i)).ConfigureAwait(false);
        }
    }

    private static string CsvLine(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"{i},{i % 7},{i % 97 / 7.0},{i / 3.0},text {i % 1000},true,,{-i}");

    private static string JsonLine(int i) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":{{i}},"a":{{i % 7}},"b":{{i / 3.0}},"c":"text {{i % 1000}}","d":[1,2],"e":null}"""
        );
}
