/// Something in a message that is not as it should be, and was read all the same.
package struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// What kind of defect it is.
    package enum Code: String, Sendable {
        case missingField = "missing_field"
        case duplicateField = "duplicate_field"
        case malformedHeader = "malformed_header"
        case headerTooLarge = "header_too_large"
        case malformedAddress = "malformed_address"
        case malformedDate = "malformed_date"
        case unknownEncoding = "unknown_encoding"
        case unknownCharset = "unknown_charset"
        case wrongCharset = "wrong_charset"
        case boundary = "boundary"
        case encodedContainer = "encoded_container"
        case tooManyParts = "too_many_parts"
        case tooDeep = "too_deep"
        case tooLarge = "too_large"
    }

    package let code: Code
    /// The field, part or value it is about.
    package let detail: String

    package var description: String {
        detail.isEmpty ? code.rawValue : "\(code.rawValue): \(detail)"
    }
}

/// Collects problems, each once and only so many.
struct ProblemList {
    private(set) var items: [Problem] = []
    let limit: Int

    mutating func add(_ code: Problem.Code, _ detail: String = "") {
        let problem = Problem(code: code, detail: detail)
        guard items.count < limit, !items.contains(problem) else { return }
        items.append(problem)
    }
}
