// Removes from a published folder those parts of .NET that the program does not refer to: a web framework has much more in it
// than a small server uses, and a runtime has what debuggers load.
//
//   dotnet run build/unused.cs -- FOLDER
//
// What the program's own assemblies and packages refer to stays, and so on from there; and what any of these names in a text, as
// types are that are found by their names. Prints how much has been removed.
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json.Nodes;

var folder = args[0];
var manifest = Directory.GetFiles(folder, "*.deps.json").Single();
var deps = JsonNode.Parse(await File.ReadAllTextAsync(manifest))!;
var runtimePacks = deps["targets"]!
    .AsObject()
    .SelectMany(target => target.Value!.AsObject())
    .Where(library => library.Key.StartsWith("runtimepack.", StringComparison.Ordinal))
    .Select(library => library.Value!)
    .ToList();

var framework = runtimePacks
    .SelectMany(pack => pack["runtime"]!.AsObject().Select(file => Path.GetFileNameWithoutExtension(file.Key)))
    .ToHashSet(StringComparer.OrdinalIgnoreCase);
var assemblies = Directory
    .GetFiles(folder, "*.dll")
    .Select(Assembly.Read)
    .OfType<Assembly>()
    .ToDictionary(assembly => assembly.Name, StringComparer.OrdinalIgnoreCase);

var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
var waiting = new Queue<string>(
    assemblies.Keys.Where(name => !framework.Contains(name)).Append("System.Private.CoreLib")
);
while (waiting.TryDequeue(out var name))
{
    if (!used.Add(name) || !assemblies.TryGetValue(name, out var assembly))
    {
        continue;
    }

    foreach (var (scope, type) in assembly.Types)
    {
        // A facade only says where its types have gone: of those, the ones that are asked for.
        for (
            var next = scope;
            next is not null;
            next = assemblies.GetValueOrDefault(next)?.Forwards.GetValueOrDefault(type)
        )
        {
            waiting.Enqueue(next);
        }
    }

    foreach (var other in framework.Where(other => !used.Contains(other) && assembly.Spells(other)))
    {
        waiting.Enqueue(other);
    }
}

// What debuggers, profilers and crash dumps load, and other garbage collectors than the default one.
string[] tools =
[
    "createdump*",
    "*mscordaccore*",
    "*mscordbi*",
    "*clrgc*",
    "*clretwrc*",
    "*coreclrtraceprovider*",
    "Microsoft.DiaSymReader.Native*",
];
var unused = framework
    .Where(name => !used.Contains(name))
    .Select(name => Path.Combine(folder, name + ".dll"))
    .Concat(tools.SelectMany(pattern => Directory.GetFiles(folder, pattern)))
    .Where(File.Exists)
    .ToHashSet(StringComparer.OrdinalIgnoreCase);

// The program does not start where a file is missing that its manifest names.
foreach (var files in runtimePacks.SelectMany(pack => new[] { pack["runtime"], pack["native"] }).OfType<JsonObject>())
{
    foreach (
        var file in files.Select(file => file.Key).Where(file => unused.Contains(Path.Combine(folder, file))).ToList()
    )
    {
        files.Remove(file);
    }
}

var bytes = unused.Sum(file => new FileInfo(file).Length);
foreach (var file in unused)
{
    File.Delete(file);
}

await File.WriteAllTextAsync(manifest, deps.ToJsonString());
Console.WriteLine($"{unused.Count} files of .NET that nothing refers to: {bytes / 1_000_000} MB");

/// <summary>What an assembly refers to.</summary>
internal sealed class Assembly(string name, byte[] bytes)
{
    public string Name { get; } = name;

    /// <summary>The types of other assemblies, with the assembly that they are looked for in.</summary>
    public HashSet<(string Scope, string Type)> Types { get; } = [];

    /// <summary>By type, the assembly that it has gone to.</summary>
    public Dictionary<string, string> Forwards { get; } = new(StringComparer.Ordinal);

    /// <summary>Null where the file is native code.</summary>
    public static Assembly? Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var image = new PEReader(new MemoryStream(bytes));
        if (!image.HasMetadata)
        {
            return null;
        }

        var reader = image.GetMetadataReader();
        var assembly = new Assembly(Path.GetFileNameWithoutExtension(path), bytes);
        foreach (var type in reader.TypeReferences.Select(reader.GetTypeReference))
        {
            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            {
                assembly.Types.Add(
                    (NameOf(type.ResolutionScope), $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}")
                );
            }
        }

        foreach (var type in reader.ExportedTypes.Select(reader.GetExportedType))
        {
            if (type.Implementation.Kind == HandleKind.AssemblyReference)
            {
                assembly.Forwards[$"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"] = NameOf(
                    type.Implementation
                );
            }
        }

        return assembly;

        string NameOf(EntityHandle handle) =>
            reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)handle).Name);
    }

    /// <summary>Whether the assembly has the other one's name in a text or an attribute, as "Type, Assembly".</summary>
    public bool Spells(string other) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($", {other}")) >= 0
        || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes($", {other}")) >= 0;
}
