namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>The <c>Content-Type</c> of a file that is sent as it is, by its extension (IANA's names).</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    public static string Of(string file) =>
        Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JSON" => Json,
            ".CSV" => "text/csv",
            ".TSV" => "text/tab-separated-values",
            ".TXT" => "text/plain",
            ".XML" => "application/xml",
            ".YAML" or ".YML" => "application/yaml",
            ".JSONL" or ".NDJSON" => "application/x-ndjson",
            ".XLS" => "application/vnd.ms-excel",
            ".XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".PARQUET" => "application/vnd.apache.parquet",
            ".ZIP" => "application/zip",
            ".GZ" => "application/gzip",
            _ => "application/octet-stream",
        };
}
