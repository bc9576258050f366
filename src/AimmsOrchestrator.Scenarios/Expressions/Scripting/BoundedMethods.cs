using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>
/// Limits the built-in methods that can make a value of any size in one native step, which no limit of the engine
/// interrupts. Each becomes a function of the language that measures first, so it also counts as a statement.
/// </summary>
internal static class BoundedMethods
{
    /// <summary>The name under which the script below finds <see cref="ValueSize"/>; it is gone once the sandbox is locked.</summary>
    private const string Measures = "__measures";

    /// <summary>The script that replaces the methods; it runs before everything is frozen.</summary>
    public static string Script =>
        $$"""
            (function () {
              const { value, join } = globalThis.{{Measures}};
              const check = (defect) => { if (defect !== undefined) throw new RangeError(defect); };
              const most = {{ValueSize.MaxCharacters}};
              const apply = Reflect.apply;
              const tooLong = 'a text of more than five million characters';
              const replace = (owner, name, make) => {
                const original = owner[name];
                const method = make(original);
                Object.defineProperty(method, 'name', { value: original.name });
                Object.defineProperty(method, 'length', { value: original.length });
                Object.defineProperty(owner, name, { value: method, writable: true, configurable: true });
              };

              {{Texts}}
              const joined = (original) => ({ method(...args) {
                check(join(this, args[0]));
                return apply(original, this, args);
              } }).method;
              replace(Array.prototype, 'join', joined);
              replace(Array.prototype, 'toLocaleString', joined);
              replace(Array.prototype, 'flat', (original) => ({ method(...args) {
                check(value(this));
                return apply(original, this, args);
              } }).method);
              replace(JSON, 'stringify', (original) => ({ method(...args) {
                check(value(args[0]));
                return apply(original, JSON, args);
              } }).method);
            })()
            """;

    /// <summary>The methods of texts.</summary>
    private const string Texts = """
              const bounded = (length) => (original) => ({ method(...args) {
                if (!(length(String(this), args) <= most)) throw new RangeError(tooLong);
                return apply(original, this, args);
              } }).method;
              const texts = String.prototype;
              replace(texts, 'repeat', bounded((text, args) => text.length * Number(args[0] ?? 0) || 0));
              replace(texts, 'padStart', bounded((text, args) => Number(args[0] ?? 0) || 0));
              replace(texts, 'padEnd', bounded((text, args) => Number(args[0] ?? 0) || 0));
              replace(texts, 'concat', bounded((text, args) => args.reduce((sum, arg) => sum + String(arg).length, text.length)));
              replace(texts, 'normalize', bounded((text) => text.length * 3));

              const searched = (all) => (original) => ({ method(pattern, replacement) {
                const [text, regex] = this instanceof RegExp ? [String(pattern), this] : [String(this), pattern];
                if (regex instanceof RegExp ? regex.global : all) {
                  if (text.length > most / 5) throw new RangeError('a text of more than a million characters is searched');
                  if (typeof replacement === 'string' && text.length * replacement.length > most * 10) throw new RangeError(tooLong);
                }
                return apply(original, this, [pattern, replacement]);
              } }).method;
              replace(texts, 'replace', searched(false));
              replace(texts, 'replaceAll', searched(true));
              replace(texts, 'match', searched(false));
              replace(RegExp.prototype, Symbol.replace, searched(false));
              replace(RegExp.prototype, Symbol.match, searched(false));

              const encoded = (original) => ({ method(text) {
                if (String(text).length > most / 5) throw new RangeError('a text of more than a million characters is encoded');
                return original(text);
              } }).method;
              replace(globalThis, 'encodeURI', encoded);
              replace(globalThis, 'encodeURIComponent', encoded);
        """;

    /// <summary>Gives an engine the functions that measure.</summary>
    public static void Provide(Engine engine)
    {
        var measures = new JsObject(engine);
        measures.Set("value", Measure(engine, args => ValueSize.Defect(args[0])));
        measures.Set("join", Measure(engine, args => ValueSize.JoinDefect(args[0], args[1])));
        engine.SetValue(Measures, measures);
    }

    private static ClrFunction Measure(Engine engine, Func<JsValue[], string?> defect) =>
        new(engine, "measure", (_, args) => defect(args) is { } why ? JsString.Create(why) : JsValue.Undefined);
}
