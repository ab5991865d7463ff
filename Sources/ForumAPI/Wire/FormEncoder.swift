/// The fields of `value` as a form has them, in order: `a[b]` for maps, `tags[]` for lists.
/// What is absent is left out; an empty list is one empty element, which clears it in Rails.
package func formFields(_ value: some Encodable) throws -> [(name: String, value: String)] {
    let tree = try WireValue.parse(json: encodeRequestJSON(value))
    guard case .object(let members) = tree else { return [] }
    var fields: [(name: String, value: String)] = []
    // A list of what is to do instead of recursion; the last comes first.
    var waiting = members.map { ($0.0, $0.1) }.reversed() as [(String, WireValue)]
    while let (name, value) = waiting.popLast() {
        switch value {
        case .null: continue
        case .bool(let value): fields.append((name, value ? "true" : "false"))
        case .number(let text), .string(let text): fields.append((name, text))
        case .file: continue
        case .array(let elements) where elements.isEmpty: fields.append(("\(name)[]", ""))
        case .array(let elements):
            waiting += elements.reversed().map { ("\(name)[]", $0) }
        case .object(let members):
            waiting += members.map { ("\(name)[\($0.0)]", $0.1) }.reversed()
        }
    }
    return fields
}

/// `application/x-www-form-urlencoded`.
package func encodeForm(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
        .joined(separator: "&")
}
