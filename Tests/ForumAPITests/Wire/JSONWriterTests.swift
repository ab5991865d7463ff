import Foundation
import Testing

@testable import ForumAPI

struct JSONWriterTests {
    private struct Sample: Encodable {
        var name: String?
        @IfPresent var note: String? = nil
        var count = 3
        var ratio = 0.5
        var list = [1, 2]
        var nested: [String: [Bool]] = ["a": [true, false]]
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try encodeJSON(value), as: UTF8.self)
    }

    @Test func `an absent optional is null and an absent IfPresent is left out`() throws {
        #expect(
            try text(Sample())
                == #"{"name":null,"count":3,"ratio":0.5,"list":[1,2],"nested":{"a":[true,false]}}"#
        )
        let request = try encodeRequestJSON(Sample(note: "n", list: []))
        #expect(
            String(decoding: request, as: UTF8.self)
                == #"{"note":"n","count":3,"ratio":0.5,"list":[],"nested":{"a":[true,false]}}"#
        )
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain", #""plain""#),
        ("a\"b\\c/d", #""a\"b\\c/d""#),
        ("line\nbreak\r\ttab\u{8}\u{c}", #""line\nbreak\r\ttab\b\f""#),
        ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
        ("<b>&amp;</b>", #""<b>&amp;</b>""#),
        ("a\u{2028}b\u{2029}c\u{2027}\u{20AC}", "\"a\\u2028b\\u2029c\u{2027}\u{20AC}\""),
        (
            "héllo wörld €uro 😀 long enough for words",
            "\"héllo wörld €uro 😀 long enough for words\""
        ),
        ("\u{2028}", #""\u2028""#),
        ("1234567\"90123456\\", #""1234567\"90123456\\""#),
    ])
    func `strings are escaped`(text: String, json: String) throws {
        #expect(try self.text(text) == json)
    }

    @Test(arguments: [
        0, 1, -1, 9, 10, 99, 100, 12_345, -987_654_321, Int.max, Int.min, 1_000_000_000_000_000_000,
        999_999_999_999_999_999,
    ])
    func `integers are written digit by digit`(number: Int) throws {
        #expect(try text(number) == String(number))
        #expect(try text([number]) == "[\(number)]")
    }

    @Test func `the widest unsigned number is written`() throws {
        #expect(try text(UInt64.max) == "18446744073709551615")
    }

    @Test func `numbers that JSON does not have are refused`() {
        #expect(throws: EncodingError.self) { try encodeJSON(Double.nan) }
        #expect(throws: EncodingError.self) { try encodeJSON([Double.infinity]) }
    }

    private struct Nest: Encodable {
        var depth: Int
        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            if depth > 1 { try container.encode(Nest(depth: depth - 1)) }
        }
    }

    @Test func `what is too deep is refused`() throws {
        #expect(try encodeJSON(Nest(depth: 64)).count == 128)
        #expect(throws: EncodingError.self) { try encodeJSON(Nest(depth: 65)) }
    }

    private struct Interleaved: Encodable {
        enum Key: String, CodingKey {
            case first
            case second
            case inner
        }
        var lateWrite: Bool
        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Key.self)
            var first = outer.nestedContainer(keyedBy: Key.self, forKey: .first)
            try first.encode(1, forKey: .inner)
            var second = outer.nestedUnkeyedContainer(forKey: .second)
            try second.encode("x")
            if lateWrite { try first.encode(2, forKey: .inner) }
        }
    }

    @Test func `nested containers close in order and refuse late writes`() throws {
        #expect(try text(Interleaved(lateWrite: false)) == #"{"first":{"inner":1},"second":["x"]}"#)
        #expect(throws: EncodingError.self) { try encodeJSON(Interleaved(lateWrite: true)) }
    }

    @Test func `two parts make one object`() throws {
        var detail = CategoryDetailBody()
        detail.category.id = 5
        detail.settings.emailIn = "in@example.org"
        let tree = try WireValue.parse(json: encodeJSON(detail))
        #expect(tree["id"] == 5)
        #expect(tree["email_in"] == "in@example.org")
        #expect(try decodeReply(CategoryDetailBody.self, from: tree) == detail)
    }

    @Test func `JSON that is encoded already is written as it is`() throws {
        let raw = try RawJSON(encoding: ["a": [1, 2]])
        #expect(try text(["list": [raw, raw]]) == #"{"list":[{"a":[1,2]},{"a":[1,2]}]}"#)
        let read = try decodeReply([String: [RawJSON]].self, from: encodeJSON(["list": [raw]]))
        #expect(read == ["list": [raw]])
    }

    @Test func `it agrees with Foundation on random values`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let value = RandomValue.make(depth: 4, &random)
            let ours = Data(try encodeJSON(value))
            let theirs = try JSONEncoder().encode(value)
            // One reader for both, which tells apart what the two wrote.
            let left = try JSONDecoder().decode(RandomValue.self, from: theirs)
            #expect(left == value)
            #expect(try JSONDecoder().decode(RandomValue.self, from: ours) == value)
            #expect(try decodeReply(RandomValue.self, from: [UInt8](ours)) == value)
        }
    }
}

/// Any value with every kind of field, made at random.
struct RandomValue: Codable, Equatable {
    var text: String
    var maybe: String?
    var number: Int
    var small: Int8?
    var wide: UInt64
    var ratio: Double
    var flag: Bool?
    var list: [Int]
    var names: [String]
    var table: [String: Double]
    var children: [RandomValue]

    static func make(depth: Int, _ random: inout SeededGenerator) -> RandomValue {
        func text() -> String {
            let pool: [String] = [
                "a", "Z", "\"", "\\", "\n", "\u{0}", "é", "€", "\u{2028}", "😀", "/", " ", "<",
                "\u{7f}",
                "plain words", "\t", "\u{1b}",
            ]
            return (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pool.randomElement(using: &random) ?? ""
            }.joined()
        }
        func coin() -> Bool { Bool.random(using: &random) }
        let children = depth > 0 ? Int.random(in: 0...2, using: &random) : 0
        return RandomValue(
            text: text(),
            maybe: coin() ? text() : nil,
            number: Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random),
            small: coin() ? Int8.random(in: .min ... .max, using: &random) : nil,
            wide: UInt64.random(in: 0...(1 << 53), using: &random),
            ratio: Double(Int.random(in: -4_000...4_000, using: &random)) / 8,
            flag: coin() ? coin() : nil,
            list: (0..<Int.random(in: 0...5, using: &random)).map { $0 },
            names: (0..<Int.random(in: 0...3, using: &random)).map { _ in text() },
            table: Dictionary(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in (text(), 1.5) },
                uniquingKeysWith: { first, _ in first }
            ),
            children: (0..<children).map { _ in make(depth: depth - 1, &random) }
        )
    }
}

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
