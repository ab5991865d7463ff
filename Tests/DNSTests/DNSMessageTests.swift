import MailMessage
import Testing

@testable import DNS

struct DNSMessageTests {
    private static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    /// An answer to a question for `k._domainkey.example.com` with the given records.
    private static func answer(_ records: [[UInt8]], claimed: Int? = nil) -> [UInt8] {
        let count = UInt8(claimed ?? records.count)
        return [0, 1, 0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0]
            + name("k._domainkey.example.com") + [0, 16, 0, 1] + records.flatMap(\.self)
    }

    private static func record(type: UInt8 = 16, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, type, 0, 1, 0, 0, 1, 0, UInt8(data.count >> 8), UInt8(data.count & 255)]
            + data
    }

    @Test func `strings of a record are joined, other records are stepped over`() {
        let bytes = Self.answer([
            Self.record(type: 5, Self.name("other.example.com")),
            Self.record([2, 0x76, 0x3D, 1, 0x31]), Self.record([0]),
        ])
        #expect(DNSMessage(bytes).textRecords == ["v=1", ""])
        #expect(DNSMessage(Self.answer([])).textRecords == [])
    }

    @Test func `an answer cut off anywhere is none, and never read past its end`() {
        let bytes = Self.answer([Self.record([2, 0x76, 0x3D, 1, 0x31])])
        for length in 0..<bytes.count {
            #expect(DNSMessage(Array(bytes.prefix(length))).textRecords == nil, "\(length)")
        }
        #expect(DNSMessage(Self.answer([Self.record([9, 1])])).textRecords == nil)
        #expect(DNSMessage(Self.answer([], claimed: 200)).textRecords == nil)
    }

    @Test func `noise is no answer`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let length = Int.random(in: 0..<80, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = DNSMessage(bytes).textRecords
        }
    }
}
