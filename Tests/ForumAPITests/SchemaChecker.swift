import ForumAPI
import Foundation

/// Compares a value with the published OpenAPI document of Discourse, as far as the document says
/// types and required keys, after the corrections that are known.
struct SchemaChecker {
    let document: WireValue
    let errata: [WireValue]

    /// Beside the repository; not everybody who has the repository has it.
    private static let shared = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared")
    private static let documentFile = shared.appendingPathComponent("reference")
        .appendingPathComponent("discourse-openapi.json")
    private static let errataFile = shared.appendingPathComponent("tools/contract/errata.json")

    static let isThere =
        FileManager.default.fileExists(atPath: documentFile.path)
        && FileManager.default.fileExists(atPath: errataFile.path)

    init() throws {
        func read(_ file: URL) throws -> WireValue {
            try WireValue.parse(
                json: [UInt8](Data(contentsOf: file)),
                values: 1_000_000,
                lenient: true
            )
        }
        document = try read(SchemaChecker.documentFile)
        errata = try read(SchemaChecker.errataFile)["schema"]?.arrayValue ?? []
    }

    /// What `reply` lacks or has of the wrong type as the answer of an operation.
    func problems(_ reply: some Encodable, of operation: String) throws -> [String] {
        guard let schema = schema(of: operation) else { return ["no operation \(operation)"] }
        var problems: [String] = []
        let value = try WireValue.parse(json: encodeJSON(reply))
        check(value, schema, [], nil, operation, &problems)
        return problems
    }

    private func schema(of operation: String) -> WireValue? {
        for (_, methods) in document["paths"]?.objectValue ?? WireObject() {
            for (_, described) in methods.objectValue ?? WireObject()
            where described["operationId"]?.stringValue == operation {
                return described["responses"]?["200"]?["content"]?["application/json"]?["schema"]
            }
        }
        return nil
    }

    private func corrections(_ path: [String], _ operation: String) -> [WireValue] {
        errata.filter { entry in
            let operations = entry["operations"]?.arrayValue
            let applies = operations.map { $0.contains(.string(operation)) } ?? true
            let pattern = (entry["at"]?.stringValue ?? "").split(separator: "/").map(String.init)
            guard applies else { return false }
            return pattern.first == "**"
                ? path.suffix(pattern.count - 1).elementsEqual(pattern.dropFirst())
                : path == pattern
        }
    }

    private func check(
        _ value: WireValue,
        _ schema: WireValue,
        _ path: [String],
        _ parent: WireValue?,
        _ operation: String,
        _ problems: inout [String]
    ) {
        let corrections = corrections(path, operation)
        var types = schema["type"]?.arrayValue ?? schema["type"].map { [$0] } ?? []
        if types.isEmpty, schema["properties"] != nil { types = ["object"] }
        for correction in corrections {
            guard let corrected = correction["set_type"]?.arrayValue else { continue }
            if let beside = correction["beside"]?.stringValue, parent?[beside] == nil { continue }
            types = corrected
        }
        let place = path.joined(separator: "/")
        if !types.isEmpty, !types.contains(where: { fits(value, $0.stringValue ?? "") }) {
            problems.append("\(operation) \(place): \(value) is not \(types)")
        }
        let spared = corrections.flatMap { $0["optional"]?.arrayValue ?? [] }
        if case .object(let members) = value {
            for key in schema["required"]?.arrayValue ?? [] where !spared.contains(key) {
                guard let name = key.stringValue, members[name] == nil else { continue }
                problems.append("\(operation) \(place): lacks \(name)")
            }
            for (key, part) in members {
                guard let described = schema["properties"]?[key] else { continue }
                check(part, described, path + [key], value, operation, &problems)
            }
        }
        if case .array(let elements) = value, let items = schema["items"] {
            for element in elements {
                check(element, items, path + ["*"], value, operation, &problems)
            }
        }
    }

    private func fits(_ value: WireValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"),
            (.object, "object"), (.number, "number"):
            true
        case (.number(let text), "integer"): Int(text) != nil
        default: false
        }
    }
}
