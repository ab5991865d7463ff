import Foundation
import Postgres

/// The value of one option.
package enum OptionValue: Sendable, Equatable {
    case flag(Bool)
    case number(Int)
    case text(String)
    case numbers([Int])
    case texts([String])
}

extension OptionValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = Self.read(Bool.self, container) {
            self = .flag(flag)
        } else if let number = Self.read(Int.self, container) {
            self = .number(number)
        } else if let text = Self.read(String.self, container) {
            self = .text(text)
        } else if let numbers = Self.read([Int].self, container) {
            self = .numbers(numbers)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    private static func read<Value: Decodable>(
        _ type: Value.Type,
        _ container: any SingleValueDecodingContainer
    ) -> Value? {
        do {
            return try container.decode(type)
        } catch {
            // It is of another kind, which is tried next.
            return nil
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .numbers(let value): try container.encode(value)
        case .texts(let value): try container.encode(value)
        }
    }
}

extension UserOptions {
    package func flag(_ name: String) -> Bool? {
        guard case .flag(let value) = values[name] else { return nil }
        return value
    }

    package func number(_ name: String) -> Int? {
        guard case .number(let value) = values[name] else { return nil }
        return value
    }

    package func text(_ name: String) -> String? {
        guard case .text(let value) = values[name] else { return nil }
        return value
    }

    package func numbers(_ name: String) -> [Int]? {
        switch values[name] {
        case .numbers(let value): value
        case .texts(let value) where value.isEmpty: []
        default: nil
        }
    }

    package func texts(_ name: String) -> [String]? {
        switch values[name] {
        case .texts(let value): value
        case .numbers(let value) where value.isEmpty: []
        default: nil
        }
    }

    /// Checks what somebody chose now.
    ///
    /// - Throws: `.invalid` with the name of the option and what it takes.
    static func check(_ chosen: [String: OptionValue]) throws(ForumError) {
        for (name, value) in chosen {
            guard let kind = kinds[name] else {
                throw ForumError(.invalid, "There is no option named \(name).", field: name)
            }
            guard let problem = kind.problem(value) else { continue }
            throw ForumError(.invalid, "\(name) \(problem)", field: name)
        }
    }

    /// The JSON that is kept.
    static func json(_ values: [String: OptionValue]) throws(ForumError) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(values), as: UTF8.self)
        } catch {
            throw ForumError(.bug, "The options could not be written.")
        }
    }

    /// What is kept, as far as it can be read.
    init(json: String) {
        do {
            self.init(
                values: try JSONDecoder().decode([String: OptionValue].self, from: Data(json.utf8))
            )
        } catch {
            // Kept by a program that knew other kinds: as if nothing had been chosen.
            self.init()
        }
    }
}

extension UserOptions.Kind {
    fileprivate func problem(_ value: OptionValue) -> String? {
        switch (self, value) {
        case (.flag, .flag(_)): nil
        case (.number(let range), .number(let number)):
            range.contains(number)
                ? nil : "must be from \(range.lowerBound) to \(range.upperBound)"
        case (.choice(let words), .text(let text)):
            words.contains(text) ? nil : "must be one of: \(words.joined(separator: ", "))"
        case (.text(let maximum), .text(let text)):
            text.unicodeScalars.count <= maximum && !text.utf8.contains(0)
                ? nil : "is too long (maximum is \(maximum) characters)"
        case (.numbers, .numbers(let numbers)):
            numbers.count <= 100 ? nil : "must be at most 100 numbers"
        case (.texts, .texts(let texts)):
            texts.count <= 100 && texts.allSatisfy { $0.utf8.count <= 100 && !$0.utf8.contains(0) }
                ? nil : "must be at most 100 short words"
        default: "has a value of the wrong kind"
        }
    }
}
