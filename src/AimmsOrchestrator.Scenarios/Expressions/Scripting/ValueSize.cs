using Jint.Native;
using Jint.Native.Object;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>
/// The size of a value as text. The engine writes and flattens values in one native step, which none of its limits
/// interrupts: a list that holds another one twice, forty levels deep, has a trillion items. So a value is measured first.
/// It walks the data that is there and calls no code of the user; a getter or <c>toJSON</c> counts as a statement.
/// </summary>
internal static class ValueSize
{
    /// <summary>The most items of lists and members of objects, each as often as it occurs.</summary>
    public const int MaxItems = 1_000_000;

    /// <summary>The most characters.</summary>
    public const int MaxCharacters = 5_000_000;

    /// <summary>Why the value is too large or nested too deep; null where it is neither.</summary>
    public static string? Defect(JsValue value)
    {
        if (value is JsString text)
        {
            return text.Length > MaxCharacters ? TooLong : null;
        }

        var (items, characters) = (0L, 0L);
        var rest = new Stack<(ObjectInstance Thing, int Depth)>();
        Push(value, 0);
        while (rest.TryPop(out var next))
        {
            if (next.Depth > Json.JsonDepth.Max)
            {
                return $"its value is nested more than {Json.JsonDepth.Max} deep";
            }

            foreach (var (name, member) in Members(next.Thing))
            {
                items++;
                characters += name is JsString key ? key.Length : 0;
                characters += member is JsString leaf ? leaf.Length : 0;
                if (items > MaxItems)
                {
                    return $"its value has more than a million items";
                }

                if (characters > MaxCharacters)
                {
                    return TooLong;
                }

                Push(member, next.Depth + 1);
            }
        }

        return null;

        void Push(JsValue? candidate, int depth)
        {
            if (candidate is ObjectInstance thing)
            {
                rest.Push((thing, depth));
            }
        }
    }

    /// <summary>Why the texts of a list, joined, are too long; null where they are not, or it is no list.</summary>
    public static string? JoinDefect(JsValue list, JsValue separator)
    {
        if (list is not JsArray array)
        {
            return null;
        }

        long between = separator is JsString text ? text.Length : 1;
        var characters = 0L;
        for (var i = 0u; i < array.Length && characters <= MaxCharacters; i++)
        {
            characters += between + (array[i] is JsString item ? item.Length : 0);
        }

        return characters > MaxCharacters ? TooLong : null;
    }

    /// <summary>The reason where a value has too many characters.</summary>
    public const string TooLong = "its value has more than five million characters";

    private static IEnumerable<(JsValue? Name, JsValue? Value)> Members(ObjectInstance thing)
    {
        if (thing is JsArray array)
        {
            for (var i = 0u; i < array.Length; i++)
            {
                yield return (null, array[i]);
            }

            yield break;
        }

        foreach (var (name, property) in thing.GetOwnProperties())
        {
            if (property.Enumerable)
            {
                yield return (name, property.Value);
            }
        }
    }
}
