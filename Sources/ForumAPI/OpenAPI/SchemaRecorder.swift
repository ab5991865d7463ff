/// Makes JSON Schemas of wire types by watching them being decoded.
///
/// A synthesised `init(from:)` asks its decoder for each of its keys by name and type; a decoder
/// that notes what it is asked for, and gives back something empty, has seen the whole type. So the
/// schemas cannot say anything else than the code does.
package final class SchemaRecorder {
    /// Whether a type is sent by the server or to it: what may be left out differs.
    package enum Direction: Sendable {
        case reply
        case request
    }

    private var direction = Direction.reply
    /// Schemas of named types, by their name.
    private var components: [Direction: [String: WireValue]] = [:]
    /// What could not be described; a document with any of them is incomplete.
    package private(set) var problems: [String] = []

    package init() {}

    /// The named types that the schemas refer to.
    package var schemas: WireValue {
        var all = components[.reply] ?? [:]
        for (name, schema) in components[.request] ?? [:] { all[name] = schema }
        return .object(WireObject(all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    /// The schema of `type` as it is sent by the server, or to it.
    package func schema<T: Decodable>(
        of type: T.Type,
        _ direction: Direction
    ) -> WireValue {
        let outer = self.direction
        self.direction = direction
        defer { self.direction = outer }
        return schema(of: type)
    }

    /// The members of `type`, one by one: how a query is described.
    package func members<T: Decodable>(of type: T.Type) -> [Member] {
        let outer = direction
        direction = .request
        defer { direction = outer }
        return record(type).members
    }

    func schema<T: Decodable>(of type: T.Type) -> WireValue {
        if let scalar = Self.scalar(type) { return scalar }
        if let described = type as? any SchemaDescribed.Type { return described.schema(self) }
        if let cases = Self.cases(type) { return cases }
        let name = componentName(type)
        let reference: WireValue = ["$ref": .string("#/components/schemas/\(name)")]
        guard components[direction]?[name] == nil else { return reference }
        // Before its members are seen: a type may contain itself.
        components[direction, default: [:]][name] = [:]
        let recording = record(type)
        guard !recording.members.isEmpty || recording.single == nil else {
            components[direction]?[name] = nil
            return recording.single ?? [:]
        }
        components[direction]?[name] = .object(objectSchema(recording))
        return reference
    }

    static func nullable(_ schema: WireValue) -> WireValue {
        guard case .object(var object) = schema, object.count > 0 else { return schema }
        guard case .string(let type) = object["type"], object["enum"] == nil else {
            return ["anyOf": [schema, ["type": "null"]]]
        }
        object.set("type", to: [.string(type), "null"])
        return .object(object)
    }

    func note(_ problem: String) { problems.append(problem) }

    // MARK: Types

    private static func scalar<T>(_ type: T.Type) -> WireValue? {
        switch type {
        case is String.Type: ["type": "string"]
        case is Bool.Type: ["type": "boolean"]
        case is Double.Type, is Float.Type: ["type": "number"]
        case is any FixedWidthInteger.Type: ["type": "integer"]
        default: nil
        }
    }

    /// The raw values of an enum that can list them.
    private static func cases<T>(_ type: T.Type) -> WireValue? {
        guard let enumeration = type as? any CaseIterable.Type else { return nil }
        let values = allCases(enumeration)
        let texts = values.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        if !values.isEmpty, texts.count == values.count {
            return ["type": "string", "enum": .array(texts.map { .string($0) })]
        }
        let numbers = values.compactMap { ($0 as? any RawRepresentable)?.rawValue as? Int }
        guard !values.isEmpty, numbers.count == values.count else { return nil }
        return ["type": "integer", "enum": .array(numbers.map { .int($0) })]
    }

    private static func allCases<C: CaseIterable>(_ type: C.Type) -> [Any] {
        type.allCases.map { $0 as Any }
    }

    static func firstCase<T>(_ type: T.Type) -> T? {
        (type as? any CaseIterable.Type).flatMap { allCases($0).first as? T }
    }

    /// `TopicBody`; what is sent to the server and by it under one name gets two.
    private func componentName<T>(_ type: T.Type) -> String {
        var name = String(reflecting: type)
        for module in ["ForumAPI.", "Swift."] { name = name.replacing(module, with: "") }
        let allowed = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "." }
        let plain = String(allowed).split(separator: ".").joined(separator: ".")
        let isShared = direction == .request && components[.reply]?[plain] != nil
        return isShared ? "\(plain).Input" : plain
    }

    // MARK: Members

    /// One member of an object.
    package struct Member {
        package let name: String
        package let schema: WireValue
        /// For requests: whether it must be there.
        package let isRequired: Bool
    }

    private struct Recording {
        var members: [Member]
        var single: WireValue?
        /// The keys that a reply always has, when they are known.
        var alwaysSent: Set<String>?
    }

    private func record<T: Decodable>(_ type: T.Type) -> Recording {
        let notes = SchemaNotes()
        do {
            let value = try T(from: SchemaDecoder(self, notes))
            return Recording(
                members: notes.members,
                single: notes.single,
                alwaysSent: try Self.keysSent(value)
            )
        } catch {
            note("\(type): \(error)")
            return Recording(members: notes.members, single: notes.single)
        }
    }

    /// What a reply contains when all that can be left out is: an optional is sent as null, unless
    /// it is marked ``IfPresent``.
    private static func keysSent<T>(_ value: T) throws -> Set<String>? {
        guard let encodable = value as? any Encodable,
            case .object(let object) = try WireValue.parse(json: encodeJSON(encodable))
        else { return nil }
        return Set(object.keys)
    }

    private func objectSchema(_ recording: Recording) -> WireObject {
        var properties = WireObject()
        var required: [WireValue] = []
        for member in recording.members {
            let isSent = recording.alwaysSent?.contains(member.name) ?? member.isRequired
            let isRequired = direction == .request ? member.isRequired : isSent
            let mayBeNull = direction == .request ? !member.isRequired : isSent
            let isOptional = !member.isRequired
            let schema =
                isOptional && mayBeNull ? Self.nullable(member.schema) : member.schema
            properties.set(member.name, to: schema)
            if isRequired { required.append(.string(member.name)) }
        }
        var schema = WireObject([("type", "object"), ("properties", .object(properties))])
        if !required.isEmpty { schema.set("required", to: .array(required)) }
        return schema
    }
}

/// What one type asked its decoder for.
final class SchemaNotes {
    private(set) var members: [SchemaRecorder.Member] = []
    private(set) var single: WireValue?

    func add(_ name: String, _ schema: WireValue, isRequired: Bool) {
        guard !members.contains(where: { $0.name == name }) else { return }
        members.append(.init(name: name, schema: schema, isRequired: isRequired))
    }

    func setSingle(_ schema: WireValue) {
        if single == nil { single = schema }
    }
}
