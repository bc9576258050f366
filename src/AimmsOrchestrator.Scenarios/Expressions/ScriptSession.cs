using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Values;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>One engine and its values of the current run.</summary>
internal sealed class ScriptSession(ScriptLibrary library)
{
    /// <summary>What the engine throws where the native stack is nearly full.</summary>
    private const string StackIsFull = "Maximum call stack size exceeded";
    private const string NestedTooDeep = "its calls are nested too deep";

    private readonly Engine _engine = FirstEngine.TakeOrCreate();
    private readonly List<JsValue?> _functions = [];
    private JsValue? _writeNumbersAsText;
    private JsValue? _refuseNotFinite;
    private JsValue? _response;
    private JsValue? _task;

    /// <summary>Whether it exceeded a limit and must not be used again.</summary>
    public bool IsSpoiled { get; private set; }

    /// <summary>Whether a pattern of the last call exceeded its time, in which other programs may have had the processors.</summary>
    public bool IsPatternLate { get; private set; }

    /// <summary>Returns the engine to its library.</summary>
    public void Return() => library.Return(this);

    /// <summary>Drops what belongs to one run.</summary>
    public void Forget()
    {
        _response = null;
        _task = null;
    }

    public Outcome Call(ScriptExpression script, RunScope scope)
    {
        library.Cancellation.ThrowIfCancellationRequested();
        IsPatternLate = false;
        try
        {
            var arguments = new JsValue[script.Bindings.Count];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = Argument(script.Bindings[i], scope);
            }

            var result = _engine.Call(Function(script.Number), JsValue.Undefined, arguments);
            var outcome = Convert(result, script.Purpose);
            if (script.MayWrite)
            {
                Forget();
            }

            return outcome;
        }
        catch (JavaScriptException e)
        {
            Forget();
            return Outcome.Failed(
                e.Message == StackIsFull ? NestedTooDeep
                : e.Message.Length > 0 ? e.Message
                : "it throws a value that is not an Error"
            );
        }
        catch (ResponseDefectException e)
        {
            return Outcome.Failed(e.Message);
        }
#pragma warning disable CA1031 // The engine runs a user's code: any exception is that expression's failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            IsSpoiled = true;
            IsPatternLate = e is System.Text.RegularExpressions.RegexMatchTimeoutException;
            return Outcome.Failed(Limit(e));
        }
    }

    private static string Limit(Exception e) =>
        e switch
        {
            System.Text.RegularExpressions.RegexMatchTimeoutException => "its pattern takes longer than a second",
            TimeoutException => "it takes longer than 2 seconds",
            StatementsCountOverflowException => "it executes more than a million statements",
            RecursionDepthOverflowException or InsufficientExecutionStackException => NestedTooDeep,
            MemoryLimitExceededException => "it takes more than 64 MB of memory or a million items",
            _ => e.Message,
        };

    private JsValue Function(int number)
    {
        while (_functions.Count <= number)
        {
            _functions.Add(null);
        }

        return _functions[number] ??= _engine.Evaluate(library[number]);
    }

    private JsValue Argument(Binding binding, RunScope scope) =>
        binding.Kind switch
        {
            BindingKind.Parameter => scope.ValueOf(binding.Slot) is { } value ? Convert(value) : JsValue.Undefined,
            BindingKind.Run => Run(scope),
            BindingKind.Response => _response ??= Response(scope),
            BindingKind.Task => _task ??= new JsonParser(_engine, JsonDepth.Max).Parse(scope.Task.GetRawText()),
            _ => Environment(),
        };

    /// <exception cref="ResponseDefectException">The response has more than an engine's memory takes.</exception>
    private JsValue Response(RunScope scope)
    {
        if (scope.LargeResponse is { } large)
        {
            throw new ResponseDefectException(large.Defect);
        }

        if (scope.Response is null)
        {
            return JsValue.Undefined;
        }

        // The engine's own limits do not see its parser: a list of numbers takes 65 times its length.
        var reader = new Utf8JsonReader(scope.ResponseBody.Span, new JsonReaderOptions { MaxDepth = JsonDepth.Max });
        for (var values = 0; reader.Read(); values++)
        {
            if (values > 2 * ValueSize.MaxItems)
            {
                throw new ResponseDefectException(
                    "the response has more than a million values: only plain paths such as response.a.b read it"
                );
            }
        }

        return new JsonParser(_engine, JsonDepth.Max).Parse(scope.ResponseBody.Span);
    }

    private JsObject Run(RunScope scope)
    {
        var run = new JsObject(_engine);
        run.Set("index", JsNumber.Create(scope.Index));
        run.Set("key", scope.Key is null ? JsValue.Undefined : JsString.Create(scope.Key));
        return run;
    }

    private JsObject Environment()
    {
        var variables = new JsObject(_engine);
        foreach (var (name, value) in library.Environment)
        {
            variables.Set(name, JsString.Create(value));
        }

        return variables;
    }

    private JsValue Convert(Value value) =>
        value.IsNumber ? JsNumber.Create(double.Parse(value.Utf8, CultureInfo.InvariantCulture))
        : value.IsString ? JsString.Create(value.Text)
        : new JsonParser(_engine, JsonDepth.Max).Parse(value.Utf8);

    private Outcome Convert(JsValue result, Purpose purpose)
    {
        switch (result.Type)
        {
            case Types.Undefined:
                return Outcome.Failed("it is undefined");
            case Types.Null:
                return Value.Null;
            case Types.Boolean:
                return result.AsBoolean() ? Value.True : Value.False;
            case Types.Number:
                return Outcome.Of(result.AsNumber());
            case Types.String:
                return Value.String(result.AsString());
        }

        if (ValueSize.Defect(result) is { } defect)
        {
            return Outcome.Failed(defect);
        }

        var output = new ArrayBufferWriter<byte>(256);
        var replacer = purpose == Purpose.Result ? WriteNumbersAsText : RefuseNotFinite;
        return new Jint.Native.Json.JsonSerializer(_engine).Serialize(result, replacer, JsValue.Undefined, output)
            ? Value.Json(output.WrittenSpan)
            : Outcome.Failed("it is not a value that JSON can hold");
    }

    private JsValue WriteNumbersAsText =>
        _writeNumbersAsText ??= _engine.Evaluate(
            "((name, value) => typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)"
        );

    private JsValue RefuseNotFinite =>
        _refuseNotFinite ??= _engine.Evaluate(
            "((name, value) => { if (typeof value === 'number' && !Number.isFinite(value))"
                + " throw new RangeError(`it holds ${value}, which JSON cannot`); return value; })"
        );

    private sealed class ResponseDefectException(string message) : Exception(message);
}
