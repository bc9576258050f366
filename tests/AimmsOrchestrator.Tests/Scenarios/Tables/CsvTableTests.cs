using System.Text;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData(
        "city;demand\nOslo;10,5\nBergen;20,25\n",
        """{"city":"Oslo","demand":10.5}""",
        """{"city":"Bergen","demand":20.25}"""
    )]
    [InlineData("a;b\n-0,5;1.234,75\n+3;1e3\n", """{"a":-0.5,"b":1234.75}""", """{"a":3,"b":1e3}""")]
    [InlineData("sep=;\r\na;b\r\n1,5;2\r\n3;4\r\n", """{"a":1.5,"b":2}""", """{"a":3,"b":4}""")]
    [InlineData("a;b\n1,2,3;1\n1,2;2\n", """{"a":"1,2,3","b":1}""", """{"a":"1,2","b":2}""")]
    [InlineData("a;;b;\n1;;2;\n3;;4;\n", """{"a":1,"b":2}""", """{"a":3,"b":4}""")]
    public void Semicolons_make_a_comma_the_decimal_sign(string text, string first, string second)
    {
        var result = TableTest.Load("t.csv", text);

        Assert.Equal([first, second], result.Rows());
        Assert.Empty(result.Warnings());
    }

    [Theory]
    [InlineData(
        "a;b\n1;1,5\n2;1.250\n",
        "t.csv:2:1: the column \"b\" has 1,5 here and 1.250 in line 3: write one decimal sign, and none between thousands"
    )]
    [InlineData(
        "a;b\n1;1.250.000\n2;1,5\n",
        "t.csv:3:1: the column \"b\" has 1,5 here and 1.250.000 in line 2: write one decimal sign, and none between thousands"
    )]
    [InlineData("a,a\n1,2\n", "t.csv:1:1: two columns have the same name, \"a\"")]
    [InlineData("a,,b\n1,2,3\n", "t.csv:2:1: cell 2 of this line has a value, and its column has no heading")]
    [InlineData("a\n1e999\n", "t.csv:2:1: the column \"a\" has 1e999, beyond the range of numbers")]
    [InlineData("a\n1e-999\n", "t.csv:2:1: the column \"a\" has 1e-999, beyond the range of numbers")]
    [InlineData("a;b\n1;-1,5e999\n", "t.csv:2:1: the column \"b\" has -1,5e999, beyond the range of numbers")]
    [InlineData("sep=;\na;b\n1\n", "t.csv:3:1: 1 cells in this line, and 2 columns in the first")]
    public void What_has_two_meanings_is_an_error(string text, string expected)
    {
        Assert.Equal(expected, TableTest.Load("t.csv", text).Error());
    }

    [Theory]
    [InlineData(
        "a,b\n1,\"10,5\"\n2,\"3,25\"\n",
        "t.csv:2:1: warning: the column \"b\" has 10,5, which is a text: a comma is the decimal sign only where semicolons separate the cells"
    )]
    [InlineData(
        "a\tb\n1\t10,5\n",
        "t.csv:2:1: warning: the column \"b\" has 10,5, which is a text: a comma is the decimal sign only where semicolons separate the cells"
    )]
    [InlineData(
        "a;b\n1;1.250\n",
        "t.csv:2:1: warning: the column \"b\" has 1.250: its point is read as the decimal sign; write none between thousands"
    )]
    [InlineData(
        "a,b\n1,5\n2,n/a\n",
        "t.csv:3:1: warning: the column \"b\" has a text here, \"n/a\", and a number in line 2, 5"
    )]
    [InlineData(
        "a,b\n1,00123\n2,4711\n",
        "t.csv:3:1: warning: the column \"b\" has a number here, 4711, and a text in line 2, \"00123\""
    )]
    [InlineData(
        "a,b\n1,true\n2,0\n",
        "t.csv:3:1: warning: the column \"b\" has a number here, 0, and a boolean in line 2, true"
    )]
    public void A_column_of_mixed_kinds_is_a_warning(string text, string expected)
    {
        Assert.Equal([expected], TableTest.Load("t.csv", text).Warnings());
    }

    [Theory]
    [InlineData("t.csv", "city,demand\nBø,10\nBå,10\n", "t.csv:2:2: this is not text in UTF-8: the byte 0xF8")]
    [InlineData(
        "t.jsonl",
        "{\"city\":\"Oslo\"}\n{\"city\":\"Bø\"}\n",
        "t.jsonl:2:11: this is not text in UTF-8: the byte 0xF8"
    )]
    [InlineData("t.tsv", "a\tb\n1\t5€\n", "t.tsv:2:4: this is not text in UTF-8: the byte 0x80")]
    public void Text_in_another_encoding_is_an_error_at_its_first_byte(string file, string text, string expected)
    {
        Assert.StartsWith(expected, TableTest.Load(file, Windows1252(text)).Error(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":1e999}\n", "t.jsonl:2:1: 1e999 is beyond the range of numbers")]
    [InlineData("{\"a\":[{\"b\":-1e999}]}\n", "t.jsonl:1:1: -1e999 is beyond the range of numbers")]
    [InlineData("{\"ä\":1,}\n", "t.jsonl:1:8: this is not JSON: ")]
    public void A_line_of_json_that_cannot_be_kept_is_an_error(string text, string expected)
    {
        Assert.StartsWith(expected, TableTest.Load("t.jsonl", text).Error(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "t.csv",
        "a\n12345678901234567890\n12345678901234567891\n",
        "t.csv:2:1: warning: the column \"a\" has 12345678901234567890, "
    )]
    [InlineData(
        "t.csv",
        "a\n9007199254740992\n9007199254740993\n",
        "t.csv:3:1: warning: the column \"a\" has 9007199254740993, "
    )]
    [InlineData(
        "t.jsonl",
        "{\"a\":9007199254740993}\n",
        "t.jsonl:1:1: warning: the column \"a\" has 9007199254740993, "
    )]
    public void Digits_that_a_number_does_not_keep_are_a_warning(string file, string text, string expected)
    {
        Assert.StartsWith(expected, Assert.Single(TableTest.Load(file, text).Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_another_program_has_damaged_is_a_warning()
    {
        Assert.Equal(
            ["t.csv:2:2: warning: the character U+FFFD stands for one that another program could not read"],
            TableTest.Load("t.csv", "city\nB\uFFFD\n").Warnings()
        );
    }

    /// <summary>The euro sign is the one character here that Latin-1 has not.</summary>
    private static byte[] Windows1252(string text) =>
        [.. text.Select(c => c == '€' ? (byte)0x80 : Encoding.Latin1.GetBytes([c])[0])];
}
