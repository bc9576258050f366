using System.Globalization;
using System.Text;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

/// <summary>Malicious or damaged files: each gives its own diagnostic, and quickly.</summary>
public sealed class HostileScenarioTests : IDisposable
{
    private const string Head = "name: t\nservice: { url: emulator, name: echo }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("hostile-").FullName;

    public static TheoryData<string, string> Texts =>
        new()
        {
            { "a billion laughs", Laughs("[{0},{0},{0},{0},{0},{0},{0},{0},{0},{0}]") },
            { "a billion merges", Laughs("{{ <<: [{0},{0}], a: {0}, b: {0}, c: {0}, d: {0}, e: {0} }}") },
            { "an alias to itself", Head + "request: { json: &a [*a] }" },
            {
                "lists in lists",
                Head + "request: { json: " + new string('[', 100_000) + new string(']', 100_000) + " }"
            },
            { "lists without an end", Head + "request: { json: " + new string('[', 100_000) },
            {
                "mappings in mappings",
                Head + "request: { json: " + Repeated("{a: ", 50_000) + "1" + new string('}', 50_001)
            },
            {
                "indents in indents",
                Head + string.Concat(Enumerable.Range(0, 3000).Select(i => new string(' ', i) + "a:\n"))
            },
            { "dashes in dashes", Head + "request:\n  json:\n    " + Repeated("- ", 50_000) + "1" },
            { "a key of a megabyte", Head + new string('k', 1 << 20) + ": 1" },
            { "a text of ten megabytes", Head + "sweeep: " + new string('x', 10 << 20) },
            {
                "a hundred thousand unknown keys",
                Head + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: 1\n"))
            },
            { "nothing but NUL", new string('\0', 1000) },
            { "a NUL before an error", Head + "\0sweeep: 1" },
            { "nothing but anchors", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"&a{i} ")) },
            { "nothing", "" },
            { "a comment", "# nothing here" },
            { "two documents", Head + "---\n" + Head },
        };

    public static TheoryData<string> Expressions =>
        [
            "(() => { while (true) {} })()",
            "(function f() { return f() + f(); })()",
            "'x'.repeat(2 ** 28).repeat(2 ** 10).length",
            "Array(2 ** 31).fill(1).map(x => [x])",
            "[...Array(1e8).keys()].length",
            "/^(a+)+$/.test('a'.repeat(40) + '!')",
            "JSON.stringify(Array(1e7).fill({ a: [1, 2, 3] })).length",
            "Array.from({ length: 1e9 }, (_, i) => i).length",
            "[3, 1, 2].sort(() => { while (true) {} })",
            "System.IO.File.ReadAllText('/etc/passwd')",
            "importNamespace('System')",
            "require('fs')",
            "process.env",
            "fetch('http://localhost')",
            "(() => {}).constructor('return this')()",
            "[].constructor.constructor('return 1')()",
            "new Function('return 1')()",
            "eval('1')",
            "globalThis.x",
            "Math.random()",
            "Date.now()",
            "new Date().getTime()",
        ];

    /// <summary>Recursion that passes no counted call, deep values, and values that grow in one native step.</summary>
    public static TheoryData<string, string> Overflows =>
        new()
        {
            { "(() => { const o = { toString() { return '' + o; } }; return '' + o; })()", NestedCalls },
            { "(() => { const o = { valueOf() { return +o; } }; return +o; })()", NestedCalls },
            { "(() => { const o = { [Symbol.toPrimitive]() { return +o; } }; return +o; })()", NestedCalls },
            {
                "(() => { const o = { [Symbol.iterator]() { return [...o].values(); } }; return [...o]; })()",
                NestedCalls
            },
            {
                "(() => { const o = { [Symbol.hasInstance]() { return 1 instanceof o; } }; return 1 instanceof o; })()",
                NestedCalls
            },
            { "(() => { function* g() { yield* g(); } return [...g()]; })()", NestedCalls },
            { "(() => { const e = { get message() { return e.message; } }; throw e; })()", NestedCalls },
            {
                "(() => { const a = () => b(), b = () => c(), c = () => d(), d = () => 1 + a(); return 1 + a(); })()",
                NestedCalls
            },
            { Deep("a"), "its value is nested more than 512 deep" },
            { Deep("JSON.stringify(a)"), "its value is nested more than 512 deep" },
            { Deep("a.flat(Infinity)"), "its value is nested more than 512 deep" },
            { Deep("String(a)"), NestedCalls },
            { Deep("a.join()"), NestedCalls },
            { Wide("a"), AMillion },
            { Wide("JSON.stringify(a).length"), AMillion },
            { Wide("a.flat(Infinity).length"), AMillion },
            { Wide("String(a).length"), AMillion },
            { Wide("a.toLocaleString().length"), AMillion },
            {
                "new Array(100000).fill('b'.repeat(1000000)).join().length",
                "its value has more than five million characters"
            },
            { "new Array(100000).fill('b'.repeat(1000000))", "its value has more than five million characters" },
            { "'a'.repeat(1e6).replace(/a/g, 'b'.repeat(1e6)).length", "a text of more than five million characters" },
            {
                "/a/g[Symbol.replace]('a'.repeat(1e6), 'b'.repeat(1e6)).length",
                "a text of more than five million characters"
            },
            { "'a'.repeat(5e6).match(/a/g).length", "a text of more than a million characters is searched" },
            { "encodeURIComponent('é'.repeat(2e6)).length", "a text of more than a million characters is encoded" },
            {
                "(() => { let s = 'ab'; for (let i = 0; i < 60; i++) s = s.concat(s, s, s); return s; })()",
                "a text of more than five million characters"
            },
        };

    [Theory]
    [MemberData(nameof(Overflows))]
    public async Task An_expression_that_would_overflow_the_stack_or_the_memory_is_one_error(string code, string why)
    {
        var diagnostics = await Soon(() => Given.Diagnostics($"{Head}sweep: {{ let: {{ a: \"{code}\" }} }}"));

        // On a busy machine the time may be up first.
        var message = Assert.Single(diagnostics).Message;
        Assert.Contains(
            message.EndsWith("2 seconds", StringComparison.Ordinal) ? "it takes longer" : why,
            message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1", "+1", "")]
    [InlineData("", "!", "1")]
    [InlineData("", "[", "1")]
    [InlineData("", "x=>", "1")]
    [InlineData("1", "**1", "")]
    [InlineData("Math", ".a", "")]
    [InlineData("", "`${", "1")]
    public async Task Source_that_is_long_or_nested_deep_is_one_error(string start, string repeated, string end)
    {
        foreach (var times in (int[])[1000, 30_000, 200_000])
        {
            var code = start + Repeated(repeated, times) + end;
            var close = new string(
                repeated.Contains('{') ? '}'
                    : repeated is "(" ? ')'
                    : ']',
                repeated is "(" or "[" or "`${" ? times : 0
            );
            var diagnostics = await Soon(() => Given.Diagnostics($"{Head}sweep: {{ let: {{ a: '{code}{close}' }} }}"));

            Assert.InRange(Assert.Single(diagnostics).Message.Length, 10, 300);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_hostile_file_gives_diagnostics_quickly(string what, string yaml)
    {
        var diagnostics = await Soon(() => Given.Diagnostics(yaml));

        Assert.True(diagnostics.Count > 0, what);
        Assert.All(diagnostics.Take(100), diagnostic => Assert.DoesNotContain('\n', diagnostic.ToString()));
        Assert.All(diagnostics.Take(100), diagnostic => Assert.InRange(diagnostic.ToString().Length, 1, 1000));
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task A_hostile_expression_gives_diagnostics_quickly(string code)
    {
        var quoted = code.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        var diagnostics = await Soon(() => Given.Diagnostics($"{Head}sweep: {{ let: {{ a: \"{quoted}\" }} }}"));

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.DoesNotContain('\n', diagnostic.ToString()));
    }

    [Fact]
    public async Task A_file_of_a_hundred_megabytes_is_not_read()
    {
        var file = Path.Combine(_folder, "large.yaml");
        await using (var stream = File.Create(file))
        {
            stream.SetLength(100L << 20);
        }

        var result = await Soon(() => new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None));

        Assert.Contains("32 MB at most", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/kmsg")]
    public async Task A_device_is_not_read(string device)
    {
        var scenario = await Soon(() => new ScenarioLoader(_ => null).Load(device, ScenarioOverrides.None));
        var link = Path.Combine(_folder, "link.json");
        File.CreateSymbolicLink(link, device);
        var file = Path.Combine(_folder, "s.yaml");
        await File.WriteAllTextAsync(file, $"{Head}request: {{ file: link.json }}");
        var request = await Soon(() => new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None));

        Assert.InRange(Assert.Single(scenario.Diagnostics).Message.Length, 1, 200);
        Assert.InRange(Assert.Single(request.Diagnostics).Message.Length, 1, 200);
    }

    [Fact]
    public async Task A_pipe_without_a_writer_is_not_waited_for_and_an_empty_file_is_read()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, "pipe.json"));
        await made.WaitForExitAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty.txt"), "");
        var file = Path.Combine(_folder, "s.yaml");

        await File.WriteAllTextAsync(file, $"{Head}request: {{ file: pipe.json }}");
        var pipe = await Soon(() => new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None));
        await File.WriteAllTextAsync(file, $"{Head}request: {{ file: empty.txt }}");
        var empty = await Soon(() => new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None));

        Assert.EndsWith(
            "\"pipe.json\" is a device or a pipe; only regular files are read",
            Assert.Single(pipe.Diagnostics).Message,
            StringComparison.Ordinal
        );
        Assert.True(empty.IsSound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Garbage_is_one_error(int seed)
    {
        var bytes = new byte[100_000];
        var state = (uint)seed;
        for (var i = 0; i < bytes.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        var file = Path.Combine(_folder, "rubbish.yaml");
        await File.WriteAllBytesAsync(file, bytes);

        var result = await Soon(() => new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None));

        Assert.StartsWith(
            "this is not text in UTF-8",
            Assert.Single(result.Diagnostics).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("t.xlsx", "PK but not a zip")]
    [InlineData("t.xlsx", "")]
    [InlineData("t.jsonl", "{\"a\":[[[[[[[[[[[[[[[[[")]
    [InlineData("t.jsonl", "[1,2]\n{\"a\":1}")]
    [InlineData("t.jsonl", "\u0000\u0000")]
    [InlineData("t.csv", "")]
    [InlineData("t.csv", "a,a\n1,2\n")]
    [InlineData("t.csv", "a,b\n1\n")]
    [InlineData("t.csv", "a,b\n\"1,2\n")]
    public async Task A_broken_table_is_reported(string name, string text)
    {
        var diagnostics = await Soon(() =>
            Given.Diagnostics($"{Head}sweep: {{ table: {{ file: {name} }} }}", (name, text))
        );

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.DoesNotContain('\n', diagnostic.ToString()));
    }

    [Fact]
    public async Task A_row_nested_a_hundred_thousand_deep_is_reported()
    {
        var row = new StringBuilder("{\"a\":").Append('[', 100_000).Append(']', 100_000).Append('}').ToString();

        Assert.NotEmpty(
            await Soon(() => Given.Diagnostics($"{Head}sweep: {{ table: {{ file: t.jsonl }} }}", ("t.jsonl", row)))
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string AMillion = " million";
    private const string NestedCalls = "its calls are nested too deep";

    private static string Deep(string result) =>
        $"(() => {{ let a = []; for (let i = 0; i < 50000; i++) a = [a]; return {result}; }})()";

    private static string Wide(string result) =>
        $"(() => {{ let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return {result}; }})()";

    private static Task<T> Soon<T>(Func<T> action) => Task.Run(action).WaitAsync(Waiting.Patience);

    /// <summary>Nine anchors, each ten times the one before.</summary>
    private static string Laughs(string form)
    {
        var text = new StringBuilder(Head).Append("request:\n  json:\n    l0: &l0 { k: lol }\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    l{i}: &l{i} {string.Format(null, form, $"*l{i - 1}")}\n");
        }

        return text.ToString();
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
