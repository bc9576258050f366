namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>Words that people bring from other programs, and this program's own: letters alone do not lead from one to the other.</summary>
public static class Synonyms
{
    /// <summary>In each line what others say, and behind the colon what is said here, by meaning.</summary>
    private static readonly Dictionary<string, List<string>> Words = Read(
        """
        gaussian gauss norm: normal
        log-normal lognorm: lognormal
        log-uniform reciprocal: loguniform
        truncated-normal truncated_normal tnormal: truncnormal
        integer randint discrete-uniform: int
        triangle pert: triangular
        categorical categories options enum: choice
        probabilities: weights
        latin-hypercube latin_hypercube latinhypercube latin lhc: lhs
        monte-carlo montecarlo mc: random, sample
        grid product cartesian full-factorial factorial: matrix
        strategy: matrix, method, sweep
        zipped side-by-side: zip
        one-at-a-time one-factor ofat tornado: oat
        distributions: over
        samples draws trials: count, sample
        n size num points: count
        min minimum low lower start begin: from
        max maximum high upper stop end: to
        increment by stride: step
        stddev std stdev standard-deviation sigma: sd, sigma
        average mu: mean
        filter: when, where
        assert: require, expect
        derived computed: let
        replicates replications repetitions: repeat
        cases csv: table
        experiments: runs
        parallel parallelism workers threads max-parallel max_workers jobs: concurrency
        rate throttle rate-limit: submits
        endpoint host address uri server: url
        key token api-key api_key secret: apiKey
        profile: use
        application project: app
        params parameters parameter-space space: sweep
        body payload data input: request
        outputs output metrics measures kpis figures extract: results
        retries: retry
        backoff delay: first, retry
        timeout: timeouts
        interval polling: every, poll
        deadline: at
        max-attempts tries: attempts
        webhook on-failure: notify, hook
        checks assertions expectations: expect
        compare: diff
        delete remove clean del: rm, cancel, cleanup
        watch: status --watch
        ps info show: status
        stop kill abort: cancel
        ls batches: list
        start execute go submit launch: run
        check validate dry-run dryrun lint: plan
        export: report
        new create scaffold template: init
        doc docs describe reference man: explain
        simulate mock fake: emulator
        profiles endpoints: services
        completions autocomplete: completion
        download fetch: response
        --n --count --head --first --max-runs: --limit
        --param --parameter --define --var: --set
        --host --endpoint --address --service: --url
        --out --file --to: --output
        --force --no-cache --rerun: --fresh
        --dir --folder --db --database: --workspace
        --follow --live: --watch
        --type: --format
        """
    );

    /// <summary>This program's words for another one, by meaning; empty where none is known.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Words.TryGetValue(word.ToLowerInvariant(), out var meanings) ? meanings : [];
    }

    /// <summary>The first of them that is one of the words that are possible; null where none is.</summary>
    public static string? Among(string word, IEnumerable<string> possible)
    {
        var meanings = Of(word);
        return meanings.Count == 0
            ? null
            : meanings.FirstOrDefault(meaning => possible.Contains(meaning.Split(' ')[0], StringComparer.Ordinal));
    }

    private static Dictionary<string, List<string>> Read(string lines)
    {
        var words = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.LastIndexOf(": ", StringComparison.Ordinal);
            var meanings = line[(colon + 2)..].Split(", ").ToList();
            foreach (var word in line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                words[word] = [.. words.GetValueOrDefault(word, []), .. meanings];
            }
        }

        return words;
    }
}
