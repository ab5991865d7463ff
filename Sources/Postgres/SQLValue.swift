/// One parameter in PostgreSQL's text format, or NULL.
package struct SQLValue: Sendable, Hashable {
    /// The text form that the server reads; nil is NULL.
    package let text: String?

    package init(_ text: String?) {
        self.text = text
    }

    package static let null = SQLValue(nil)
}

/// A type whose values can be bound to a statement.
package protocol SQLEncodable: Sendable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLEncodable {
    package var sqlValue: SQLValue { self }
}

extension String: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(self) }
}

extension Substring: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(String(self)) }
}

extension Int: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(String(self)) }
}

extension Int16: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(String(self)) }
}

extension Int32: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(String(self)) }
}

extension Int64: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(String(self)) }
}

extension Bool: SQLEncodable {
    package var sqlValue: SQLValue { SQLValue(self ? "t" : "f") }
}

extension Double: SQLEncodable {
    package var sqlValue: SQLValue {
        if isNaN {
            return SQLValue("NaN")
        }
        guard isFinite else {
            return SQLValue(self < 0 ? "-Infinity" : "Infinity")
        }
        return SQLValue(description)
    }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    package var sqlValue: SQLValue {
        guard let self else {
            return .null
        }
        return self.sqlValue
    }
}

extension Array: SQLEncodable where Element: SQLArrayElement {
    package var sqlValue: SQLValue { Element.encode(array: self) }
}
