using Acornima.Ast;
using Jint;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>
/// The engine that expressions run in: strict mode, no CLR, no I/O, no clock, no randomness, no <c>eval</c>; limited time,
/// memory, statements and depth. Everything else in the language is frozen, so that no expression can affect another.
/// </summary>
internal static class Sandbox
{
    private const int MaxStatements = 1_000_000;
    private const int MaxDepth = 128;
    private const long MaxBytes = 64_000_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>The names that an expression can use besides its scope.</summary>
    public static IReadOnlyList<string> Globals { get; } =
    [
        .. "undefined NaN Infinity isFinite isNaN parseFloat parseInt".Split(' '),
        .. "decodeURI decodeURIComponent encodeURI encodeURIComponent".Split(' '),
        .. "Array Boolean Date Error JSON Map Math Number Object RangeError RegExp Set String Symbol".Split(' '),
        .. "SyntaxError TypeError".Split(' '),
    ];

    private static readonly Lazy<Prepared<Script>> Bounds = new(() =>
        Engine.PrepareScript(BoundedMethods.Script, strict: true)
    );

    private static readonly Lazy<Prepared<Script>> Lock = new(() => Engine.PrepareScript(LockScript, strict: true));

    public static Engine CreateEngine()
    {
        // The limit starts after the sandbox is built: that may take longer in a new process on a busy machine.
        var time = new ScriptTimeLimit(TimeProvider.System, () => Environment.CpuUsage.TotalTime);
        var engine = new Engine(options =>
            options
                .Strict()
                .LimitRecursion(MaxDepth)
                .MaxStatements(MaxStatements)
                .LimitMemory(MaxBytes)
                .Constraint(time)
                .RegexTimeoutInterval(TimeSpan.FromSeconds(1))
                .MaxArraySize(ValueSize.MaxItems)
                .LocalTimeZone(TimeZoneInfo.Utc)
                .DisableStringCompilation()
                .Constraints.StackOverflowGuard = true
        );
        BoundedMethods.Provide(engine);
        engine.Evaluate(Bounds.Value);
        engine.Evaluate(Lock.Value);
        time.Set(MaxTime);
        return engine;
    }

    /// <summary>
    /// Removes globals that are not on the list, replaces those that read the clock, and freezes every reachable object.
    /// </summary>
    private static string LockScript =>
        $$"""
            (function () {
              const keep = new Set(["{{string.Join("\", \"", Globals)}}"]);
              const g = globalThis;
              const { construct, ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
              const { freeze, defineProperty } = Object;

              const RealDate = Date;
              function ClocklessDate(...args) {
                if (!new.target || args.length === 0) throw new TypeError('an expression has no clock: give Date a date');
                return construct(RealDate, args, new.target);
              }
              ClocklessDate.prototype = RealDate.prototype;
              ClocklessDate.parse = RealDate.parse;
              ClocklessDate.UTC = RealDate.UTC;
              defineProperty(ClocklessDate, 'name', { value: 'Date' });
              defineProperty(RealDate.prototype, 'constructor', { value: ClocklessDate });
              delete RealDate.now;
              g.Date = ClocklessDate;
              delete Math.random;

              const roots = [
                function () {}, async function () {}, function* () {}, async function* () {},
                [][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().values(), 'a'.matchAll(/a/g),
              ];
              for (const key of ownKeys(g)) {
                if (typeof key === 'string' && !keep.has(key)) delete g[key];
              }
              const seen = new Set();
              const rest = [g, ...roots];
              while (rest.length > 0) {
                const thing = rest.pop();
                if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function') || seen.has(thing)) continue;
                seen.add(thing);
                rest.push(getPrototypeOf(thing));
                for (const key of ownKeys(thing)) {
                  const property = getOwnPropertyDescriptor(thing, key);
                  rest.push(property.value, property.get, property.set);
                }
                freeze(thing);
              }
            })()
            """;
}
