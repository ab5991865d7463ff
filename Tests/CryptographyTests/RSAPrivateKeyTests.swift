import Testing

@testable import Cryptography

@Suite struct RSAPrivateKeyTests {
    @Test(arguments: RSAPublicKey.Padding.allCases)
    func `what is encrypted for a key opens with it alone`(padding: RSAPublicKey.Padding) throws {
        let key = try #require(RSAPrivateKey())
        let sealed = try #require(
            RSAPublicKey(pem: key.publicPEM)?.encrypt(Array("a word".utf8), padding: padding)
        )
        #expect(key.decrypt(sealed, padding: padding) == Array("a word".utf8))
        let other = try #require(RSAPrivateKey())
        #expect(other.decrypt(sealed, padding: padding) != Array("a word".utf8))
        #expect(key.decrypt(Array(sealed.dropLast()), padding: padding) == nil)
    }
}
