import Cryptography
import Testing

@Suite struct OneTimeCodeTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// RFC 4226, appendix D, and the last six digits of RFC 6238, appendix B.
    @Test(arguments: [
        (Int64(0), "755224"), (1, "287082"), (2, "359152"), (9, "520489"), (0x23523EC, "081804"),
        (0x23523ED, "050471"), (0x273EF07, "005924"), (0x3F940AA, "279037"),
        (0x27BC_86AA, "353130"),
    ])
    func `codes are those of the RFCs`(step: Int64, code: String) {
        #expect(OneTimeCode.code(secret: Self.secret, step: step) == code)
    }

    @Test func `the step before and the one after count as well, no other`() {
        let now = 1_111_111_109.0
        let step = OneTimeCode.step(at: now)
        for (distance, counts) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = OneTimeCode.code(secret: Self.secret, step: step + Int64(distance))
            let found = OneTimeCode.step(of: code, secret: Self.secret, at: now)
            #expect(found == (counts ? step + Int64(distance) : nil))
        }
        for code in ["", "12345", "1234567", "０８１８０４", String(repeating: "0", count: 1000)] {
            #expect(OneTimeCode.step(of: code, secret: Self.secret, at: now) == nil)
        }
    }
}

@Suite struct SealedBytesTests {
    private static let key = [UInt8](repeating: 7, count: 32)

    @Test func `what is sealed opens by the same key and context alone`() {
        for length in [0, 1, 20, 1000] {
            let plain = Random.bytes(length)
            let sealed = SealedBytes.seal(plain, key: Self.key, context: "a")
            #expect(sealed.count == length + 28)
            #expect(SealedBytes.open(sealed, key: Self.key, context: "a") == plain)
            #expect(SealedBytes.open(sealed, key: Self.key, context: "b") == nil)
            let other = [UInt8](repeating: 8, count: 32)
            #expect(SealedBytes.open(sealed, key: other, context: "a") == nil)
        }
    }

    @Test func `any changed bit is noticed`() {
        let sealed = SealedBytes.seal(Array("secret".utf8), key: Self.key, context: "")
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(SealedBytes.open(changed, key: Self.key, context: "") == nil)
        }
        for length in 0..<28 {
            #expect(
                SealedBytes.open(Array(sealed.prefix(length)), key: Self.key, context: "") == nil
            )
        }
    }

    @Test func `the same bytes look different each time`() {
        let plain = [UInt8](repeating: 0, count: 20)
        let first = SealedBytes.seal(plain, key: Self.key, context: "")
        #expect(first != SealedBytes.seal(plain, key: Self.key, context: ""))
    }
}
