using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cli.Terminal.Tables;
using AimmsOrchestrator.Domain.Access;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>The tokens with which people and scripts call a server of the workspace.</summary>
internal sealed class TokenCommand : Command
{
    private const string WhyHere = "tokens are kept where the server's workspace is";

    public TokenCommand(CommandServices services)
        : base("token", "Make, list and revoke the tokens that a server accepts")
    {
        Subcommands.Add(new Create(services));
        Subcommands.Add(new List(services));
        Subcommands.Add(new Revoke(services));
    }

    /// <summary>Makes a token.</summary>
    private sealed class Create : BaseCommand
    {
        private const int LongestName = 64;

        private readonly Argument<string> _name = NameOf("Whose it is: a person or a script");
        private readonly Option<string> _role = new("--role")
        {
            Description = "viewer reads, runner also submits and changes its own batches, admin all",
            Required = true,
        };
        private readonly WorkspacePlace _place = new();

        public Create(CommandServices services)
            : base(
                services,
                "create",
                "Make a token and print it, once: only its hash is kept",
                "token create alice --role runner"
            )
        {
            _role.AcceptOnly([.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())]);
            Declare([_name, _role, .. _place.All]);
        }

        protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
        {
            _place.RefuseServer(parsed, Services, "token", WhyHere);
            var name = parsed.GetRequiredValue(_name);
            if (
                name.Length > LongestName
                || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '@')
            )
            {
                throw new UserErrorException(
                    $"token: \"{name}\" is no name for a token: letters, digits, -, _, . and @, at most {LongestName}"
                );
            }

            if (AccessToken.WhyReserved(name) is { } why)
            {
                throw new UserErrorException($"token: \"{name}\" {why}; take another name");
            }

            var role = Enum.Parse<Role>(parsed.GetRequiredValue(_role), ignoreCase: true);
            using var book = _place.OpenOrCreate(parsed, Services.Time).OpenAccessBook();
            var secret = AccessToken.NewSecret();
            if (!book.Add(new AccessToken(name, role, Services.Time.GetUtcNow()), AccessToken.HashOf(secret)))
            {
                throw new UserErrorException(
                    $"token: there is or was a token called \"{name}\" already; take another name"
                );
            }

            Screen.Data.Line(secret);
            Screen.Say(
                $"The token of {name}, {(role == Role.Admin ? "an" : "a")} {parsed.GetRequiredValue(_role)}: it is not shown again."
            );
            return Task.FromResult(ExitCode.Success);
        }
    }

    /// <summary>Lists the tokens.</summary>
    private sealed class List : BaseCommand
    {
        private readonly WorkspacePlace _place = new();

        public List(CommandServices services)
            : base(services, "list", "List the tokens: whose they are, their roles, when they were last used") =>
            Declare(_place.All);

        protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
        {
            _place.RefuseServer(parsed, Services, "token", WhyHere);
            using var book = _place.OpenExisting(parsed, Services.Time).OpenAccessBook();
            var tokens = book.Tokens();
            if (tokens.Count == 0)
            {
                Screen.Say("No tokens yet.");
                return Task.FromResult(ExitCode.Success);
            }

            var table = new FittedTable([
                new("name", 6),
                new("role", 5),
                new("created", 2),
                new("last used", 3),
                new("state", 4),
            ]);
            foreach (var token in tokens)
            {
                table.Add(
                    token.Name,
                    token.Role.ToString().ToLowerInvariant(),
                    Moment(token.CreatedAt),
                    token.UsedAt is { } used ? Moment(used) : "never",
                    token.RevokedAt is { } revoked ? $"revoked {Moment(revoked)}" : "accepted"
                );
            }

            table.Write(Screen.Data);
            return Task.FromResult(ExitCode.Success);
        }

        private static string Moment(DateTimeOffset at) =>
            at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Revokes a token.</summary>
    private sealed class Revoke : BaseCommand
    {
        private readonly Argument<string> _name = NameOf("The token's name");
        private readonly WorkspacePlace _place = new();

        public Revoke(CommandServices services)
            : base(
                services,
                "revoke",
                "Refuse a token from now on; a server that runs does so within seconds",
                "token revoke alice"
            ) => Declare([_name, .. _place.All]);

        protected override Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
        {
            _place.RefuseServer(parsed, Services, "token", WhyHere);
            var name = parsed.GetRequiredValue(_name);
            using var book = _place.OpenExisting(parsed, Services.Time).OpenAccessBook();
            if (!book.Revoke(name, Services.Time.GetUtcNow()))
            {
                var accepted = book.Tokens()
                    .Where(token => token.RevokedAt is null)
                    .Select(token => token.Name)
                    .ToList();
                throw new UserErrorException(
                    $"token: no accepted token is called \"{name}\"; {(accepted.Count == 0 ? "there are none" : $"there are {string.Join(", ", accepted)}")}"
                );
            }

            Screen.Say($"{name} is refused from now on.");
            return Task.FromResult(ExitCode.Success);
        }
    }

    private static Argument<string> NameOf(string description) => new("NAME") { Description = description };
}
