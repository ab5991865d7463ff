import Testing

@testable import ForumAPI

struct JSONParserTests {
    private static let accepted: [(String, WireValue)] = [
        ("null", .null),
        (" true ", .bool(true)),
        ("[]", .array([])),
        ("{}", .object(WireObject())),
        ("-0", .number("-0")),
        ("1.5e+3", .number("1.5e+3")),
        (
            #""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
            .string("a\"\\/\u{8}\u{c}\n\r\té😀")
        ),
        (
            #"{"b":[1,{"c":null}],"a":"x"}"#,
            .object(
                WireObject([
                    ("b", .array([.int(1), .object(WireObject([("c", .null)]))])),
                    ("a", .string("x")),
                ])
            )
        ),
        ("[[],[[]]]", .array([.array([]), .array([.array([])])])),
        ("\"\u{7f} é €\"", .string("\u{7f} é €")),
        (#""\u0000""#, .string("\u{0}")),
    ]

    @Test(arguments: accepted)
    func `accepts`(json: String, value: WireValue) throws {
        #expect(try WireValue.parse(json: Array(json.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "truex", "[1,]", "[,1]", "{,}", #"{"a":1,}"#, #"{"a"}"#, #"{"a" 1}"#,
        "{a:1}",
        "[1 2]", "[", "{", #"{"a":"#, #"{"a":1"#, "]", "}", "01", "-", "+1", "1.", ".5", "1e",
        "1e+",
        "--1", "NaN", "Infinity", "0x10", "'a'", #""a"#, #""\x""#, #""\u12""#, #""\u12G4""#,
        #""\ud800""#,
        #""\ud800\u0041""#, #""\udc00""#, #""\ud83d"#, "\"a\nb\"", "\"\t\"", "1 2", "{} x", "[]]",
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "/* x */ 1", "\u{FEFF}1",
    ])
    func `refuses`(json: String) {
        #expect(throws: WireError.self) { try WireValue.parse(json: Array(json.utf8)) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0x22, 0x5C, 0x6E, 0xF5, 0x22], [0xFF],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        ] as [[UInt8]]
    )
    func `refuses what is not UTF-8`(json: [UInt8]) {
        #expect(throws: WireError.self) { try WireValue.parse(json: json) }
    }

    @Test func `an error tells where`() {
        #expect(throws: WireError.syntax(position: 7, reason: "no JSON value begins like this")) {
            try WireValue.parse(json: Array(#"{"a": [x]}"#.utf8))
        }
    }

    @Test func `depth is limited without a deep call`() throws {
        let deep = { (count: Int) in
            Array(String(repeating: "[", count: count).utf8)
                + Array(String(repeating: "]", count: count).utf8)
        }
        #expect(try WireValue.parse(json: deep(64)) != .null)
        #expect(throws: WireError.tooMuch("The JSON has more than 64 levels.")) {
            try WireValue.parse(json: deep(65))
        }
        #expect(throws: WireError.self) { try WireValue.parse(json: deep(1_000_000)) }
    }

    @Test func `the number of values is limited`() throws {
        let list = Array("[1,2,3,4]".utf8)
        #expect(try WireValue.parse(json: list, values: 5).arrayValue?.count == 4)
        #expect(throws: WireError.self) { try WireValue.parse(json: list, values: 4) }
    }

    @Test func `a reply may repeat a key, and the last one counts`() throws {
        let json = Array(#"{"a":1,"a":2}"#.utf8)
        #expect(try WireValue.parse(json: json, lenient: true) == ["a": 2])
    }

    @Test(arguments: [
        (#"["a\ud800"]"#, "a\u{FFFD}"), (#"["\ud800\u0041"]"#, "\u{FFFD}A"),
        (#"["\udc00b"]"#, "\u{FFFD}b"), (#"["\ud83d\ude00"]"#, "\u{1F600}"),
    ])
    func `half a surrogate pair is a replacement character in a reply`(
        json: String,
        text: String
    ) throws {
        #expect(try WireValue.parse(json: Array(json.utf8), lenient: true) == [.string(text)])
    }

    @Test func `many keys are found, and repeated ones too`() throws {
        let members = (0..<2_000).map { #""k\#($0)":\#($0)"# }
        let object = try WireValue.parse(json: Array("{\(members.joined(separator: ","))}".utf8))
        #expect(object["k0"] == 0)
        #expect(object["k1999"] == 1_999)
        #expect(object["k2000"] == nil)
        let repeated = Array("{\((members + [members[1_000]]).joined(separator: ","))}".utf8)
        #expect(throws: WireError.self) { try WireValue.parse(json: repeated) }
    }

    @Test func `no prefix and no changed byte of a request traps`() throws {
        let source = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude00\n",{"b":null}],"c":true}"#.utf8)
        var random = SeededGenerator(seed: 3)
        for length in 0..<source.count {
            #expect(throws: WireError.self) {
                try WireValue.parse(json: Array(source.prefix(length)))
            }
        }
        for _ in 0..<20_000 {
            var changed = source
            let place = Int.random(in: 0..<changed.count, using: &random)
            changed[place] = UInt8.random(in: 0...255, using: &random)
            do throws(WireError) {
                let value = try WireValue.parse(json: changed)
                // What is accepted says the same when it is written and read again.
                #expect(try WireValue.parse(json: rewritten(value)) == value)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    private func rewritten(_ value: WireValue) -> [UInt8] {
        do { return try encodeJSON(value) } catch { return [] }
    }
}
