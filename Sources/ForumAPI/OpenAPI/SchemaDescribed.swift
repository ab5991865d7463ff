/// A type whose JSON cannot be seen by watching it being decoded: it says what it is.
package protocol SchemaDescribed {
    /// Its JSON Schema.
    static func schema(_ recorder: SchemaRecorder) -> WireValue
    /// Some value of it, for what is around it.
    static var schemaSample: Self { get }
}

extension Array: SchemaDescribed where Element: Decodable {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        ["type": "array", "items": recorder.schema(of: Element.self)]
    }

    package static var schemaSample: [Element] { [] }
}

extension Set: SchemaDescribed where Element: Decodable {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        ["type": "array", "items": recorder.schema(of: Element.self)]
    }

    package static var schemaSample: Set<Element> { [] }
}

extension Dictionary: SchemaDescribed where Value: Decodable {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        ["type": "object", "additionalProperties": recorder.schema(of: Value.self)]
    }

    package static var schemaSample: [Key: Value] { [:] }
}

extension Optional: SchemaDescribed where Wrapped: Decodable {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        SchemaRecorder.nullable(recorder.schema(of: Wrapped.self))
    }

    package static var schemaSample: Wrapped? { nil }
}

extension IfPresent: SchemaDescribed {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        recorder.schema(of: Value.self)
    }

    package static var schemaSample: IfPresent<Value> { IfPresent() }
}

extension WireValue: SchemaDescribed {
    /// Anything at all.
    package static func schema(_ recorder: SchemaRecorder) -> WireValue { [:] }

    package static var schemaSample: WireValue { .null }
}

extension RawJSON: SchemaDescribed {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue { [:] }

    package static var schemaSample: RawJSON { RawJSON(bytes: Array("null".utf8)) }
}

extension NumberedNames: SchemaDescribed {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        ["type": "object", "additionalProperties": ["type": "integer"]]
    }

    package static var schemaSample: NumberedNames { NumberedNames() }
}

extension PollRequest: SchemaDescribed {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        [
            "type": "object",
            "description": "The id of the last message seen, by the name of its channel.",
            "additionalProperties": ["type": "integer"],
        ]
    }

    package static var schemaSample: PollRequest { PollRequest(positions: [:]) }
}

extension CreatePostReply: SchemaDescribed {
    package static func schema(_ recorder: SchemaRecorder) -> WireValue {
        [
            "anyOf": [
                recorder.schema(of: EnqueuedPostReply.self), recorder.schema(of: PostBody.self),
            ]
        ]
    }

    package static var schemaSample: CreatePostReply { .written(PostBody()) }
}
