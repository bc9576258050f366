using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>Bodies that are slow, endless, packed, or have parts with names of the enemy's choice.</summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    private const long Gigabyte = 1L << 30;

    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    public Task DisposeAsync() => _room.DisposeAsync();

    /// <summary>The server waits five seconds for the first bytes, and for 240 bytes per second from then on.</summary>
    [Fact]
    public async Task A_body_of_a_byte_per_second_ends_with_408()
    {
        using var socket = await ConnectAsync("Content-Length: 1000");
        using var end = new CancellationTokenSource(Waiting.Patience);
        var sending = SendSlowlyAsync(socket.GetStream(), end.Token);

        var answer = await AnswerAsync(socket, end.Token);
        await end.CancelAsync();
        await sending;

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_is_refused_before_it_is_sent()
    {
        using var socket = await ConnectAsync($"Content-Length: {Gigabyte}");
        using var end = new CancellationTokenSource(Waiting.Patience);

        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(socket, end.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_of_unknown_length_is_refused_at_the_limit_and_not_read()
    {
        await _room.StopAsync();
        await _room.StartAsync("limits: { upload: 1MB }\n");
        await using var body = new Endless(Gigabyte);
        using var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/batches") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        HttpStatusCode? status = null;
        try
        {
            using var response = await _room.Client.SendAsync(request);
            status = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server hung up on the rest of the body, and the answer was lost with the connection.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        // A few megabytes are on their way between the two.
        Assert.InRange(body.Sent, 1 << 20, Gigabyte / 4);
        Assert.Empty((await _room.GetAsync("/api/batches")).AsArray());
    }

    [Fact]
    public async Task A_packed_body_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await new Endless(64 << 20).CopyToAsync(gzip);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        content.Headers.ContentEncoding.Add("gzip");
        using var refused = await _room.Client.PostAsync(new Uri("/api/batches", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Equal(
            "the body is packed (gzip); send it as it is",
            (string?)(await ServerRoom.JsonAsync(refused))["detail"]
        );
    }

    [Fact]
    public async Task A_workbook_of_a_few_kilobytes_that_unpacks_to_gigabytes_is_refused()
    {
        using var workbook = new MemoryStream();
        using (var zip = new ZipArchive(workbook, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var sheet = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest)
                .OpenAsync();
            await new Endless(300L << 20).CopyToAsync(sheet);
        }

        using var form = new MultipartFormDataContent
        {
            {
                new StringContent(
                    """
                    name: bomb
                    service: { use: dev, name: sleep }
                    sweep: { table: { file: bomb.xlsx } }
                    request: { json: {} }
                    """
                ),
                "scenario"
            },
            { new ByteArrayContent(workbook.ToArray()), "file", "bomb.xlsx" },
        };
        using var refused = await _room.Client.PostAsync(new Uri("/api/plan", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("300 MB unzipped", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/cron.d/evil", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("C:\\Windows\\evil.dll", false)]
    [InlineData("..\\evil", false)]
    [InlineData("a/../../b", false)]
    [InlineData(".", false)]
    [InlineData("file.csv:stream", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\nb", false)]
    [InlineData("LONG", false)]
    [InlineData("CON", true)]
    [InlineData("aux.csv", true)]
    [InlineData("~/evil", true)]
    [InlineData("%2e%2e%2fevil", true)]
    [InlineData("$(id)", true)]
    public async Task A_name_leads_nowhere(string name, bool isHarmless)
    {
        name = name == "LONG" ? new string('a', 300) : name;
        var boundary = "part";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"scenario\"\r\n\r\n{ServerRoom.Nap(3600)}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"\r\n\r\nx\r\n--{boundary}--\r\n"
        );
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");

        using var response = await _room.Client.PostAsync(new Uri("/api/batches", UriKind.Relative), content);

        Assert.Equal(isHarmless ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest, response.StatusCode);
        var written = Directory
            .EnumerateFiles(_room.Workspace.Folder, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName);
        Assert.DoesNotContain(
            written,
            file => file!.Contains("evil", StringComparison.OrdinalIgnoreCase) || file == name
        );
    }

    [Fact]
    public async Task Names_that_differ_in_their_case_are_two_files_and_the_same_name_twice_is_refused()
    {
        async Task<HttpStatusCode> SendAsync(string other)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(ServerRoom.Nap(0)), "scenario" },
                { new ByteArrayContent([1]), "file", "a.csv" },
                { new ByteArrayContent([2]), "file", other },
            };
            using var response = await _room.Client.PostAsync(new Uri("/api/plan", UriKind.Relative), form);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await SendAsync("A.CSV"));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("a.csv"));
    }

    private async Task<TcpClient> ConnectAsync(string header)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(_room.Address.Host, _room.Address.Port);
        var head =
            $"POST /api/batches HTTP/1.1\r\nHost: {_room.Address.Authority}\r\nContent-Type: application/yaml\r\n{header}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return socket;
    }

    private static async Task SendSlowlyAsync(NetworkStream stream, CancellationToken end)
    {
        try
        {
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await second.WaitForNextTickAsync(end))
            {
                await stream.WriteAsync("n"u8.ToArray(), end);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The server hung up, or the test is over.
        }
    }

    private static async Task<string> AnswerAsync(TcpClient socket, CancellationToken end)
    {
        var bytes = new byte[100];
        var length = await socket.GetStream().ReadAsync(bytes, end);
        return Encoding.ASCII.GetString(bytes, 0, length);
    }

    /// <summary>Blanks without an end that a client would wait for.</summary>
    private sealed class Endless(long length) : Stream
    {
        public long Sent { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Sent);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            Sent += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
