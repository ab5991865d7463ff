import Cryptography
import Testing

@Suite struct EncodingTests {
    /// RFC 4648 §10.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg==", "my"), ("fo", "Zm8=", "mzxq"), ("foo", "Zm9v", "mzxw6"),
        ("foob", "Zm9vYg==", "mzxw6yq"), ("fooba", "Zm9vYmE=", "mzxw6ytb"),
        ("foobar", "Zm9vYmFy", "mzxw6ytboi"),
    ])
    func `the vectors of RFC 4648 hold in both directions`(
        text: String,
        base64: String,
        base32: String
    ) {
        let bytes = Array(text.utf8)
        #expect(Base64.encode(bytes) == base64)
        #expect(Base64.decode(base64) == bytes)
        #expect(Base32.encode(bytes) == base32)
        #expect(Base32.decode(base32) == bytes)
        #expect(Base32.decode(base32.uppercased()) == bytes)
        #expect(Base64.decode(Base64.encode(bytes, padding: false)) == bytes)
    }

    @Test func `every byte value survives every encoding`() {
        for length in 0..<80 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encodeURL(bytes), alphabet: .url) == bytes)
        }
        let all = (0...255).map { UInt8($0) }
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Base32.decode(Base32.encode(all)) == all)
    }

    @Test(arguments: ["Zg=", "Z", "Zg===", "Zh==", "Zg==Zg==", "Z g=", "Zm9v\n", "====", "Zm-v"])
    func `malformed base 64 is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["m", "mzx", "mzxw6y", "mz", "m1", "my======", "mü"])
    func `malformed base 32 is refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test(arguments: ["0", "0g", "0x", " 0", "é"])
    func `malformed hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func `the URL alphabet avoids plus and slash`() {
        #expect(Base64.encodeURL([0xfb, 0xff, 0xfe]) == "-__-")
        #expect(Base64.encode([0xfb, 0xff, 0xfe]) == "+//+")
    }
}
