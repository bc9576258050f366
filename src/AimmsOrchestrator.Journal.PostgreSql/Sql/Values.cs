using System.Text;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>Values as PostgreSQL takes them.</summary>
internal static class Values
{
    /// <summary>A statement with values for <c>$1</c>, <c>$2</c> and so on.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(Of(value));
        }

        return command;
    }

    public static NpgsqlParameter Of(object? value) =>
        value switch
        {
            null => new NpgsqlParameter { Value = DBNull.Value },
            string text => new NpgsqlParameter<string> { TypedValue = Text(text) },
            long number => new NpgsqlParameter<long> { TypedValue = number },
            int number => new NpgsqlParameter<long> { TypedValue = number },
            bool flag => new NpgsqlParameter<long> { TypedValue = flag ? 1 : 0 },
            double number => new NpgsqlParameter<double> { TypedValue = number },
            byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },
            ReadOnlyMemory<byte> bytes => new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes },
            Array array => new NpgsqlParameter { Value = array },
            _ => throw new ArgumentException($"PostgreSQL has no type for {value.GetType().Name}.", nameof(value)),
        };

    /// <summary>
    /// PostgreSQL's texts have no character 0 and no half of a pair: the first is shown as its picture, the second as the sign for
    /// what cannot be read.
    /// </summary>
    public static string Text(string text)
    {
        var clean = text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\u2400') : text;
        return HasHalf(clean) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) : clean;
    }

    private static bool HasHalf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i) || i + 1 == text.Length)
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
