using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>What commands show, as JSON between a server and the command line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(StatusContents))]
[JsonSerializable(typeof(SummaryContents))]
[JsonSerializable(typeof(DifferenceContents))]
[JsonSerializable(typeof(ReportTable))]
[JsonSerializable(typeof(IReadOnlyList<ExpectationResult>))]
[JsonSerializable(typeof(IReadOnlyList<ResponseContents>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class ViewJsonContext : JsonSerializerContext;
