import Testing

@testable import Cryptography

@Suite struct PasswordHashTests {
    /// RFC 7914 §12 (the fourth vector, N = 2^20, takes 1 GiB and is beyond the cap).
    @Test(arguments: [
        (
            "", "", PasswordHash.Parameters(logN: 4, blockSize: 1, parallelism: 1),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "pleaseletmein", "SodiumChloride",
            PasswordHash.Parameters(logN: 14, blockSize: 8, parallelism: 1),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func `scrypt matches the vectors of RFC 7914`(
        password: String,
        salt: String,
        parameters: PasswordHash.Parameters,
        expected: String
    ) throws {
        let key = try PasswordHash.derive(
            Array(password.utf8),
            salt: Array(salt.utf8),
            parameters: parameters,
            length: 64
        )
        #expect(Hex.encode(key) == expected)
    }

    @Test func `the parallelism beyond the cap of RFC 7914's second vector is refused`() {
        #expect(throws: PasswordHashError.tooExpensive) {
            try PasswordHash.derive(
                Array("password".utf8),
                salt: Array("NaCl".utf8),
                parameters: PasswordHash.Parameters(logN: 10, blockSize: 8, parallelism: 16),
                length: 64
            )
        }
    }

    @Test func `a password verifies against its own hash and no other does`() throws {
        let phc = try PasswordHash.make("correct horse", parameters: .cheap)
        #expect(phc.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(try PasswordHash.verify("correct horse", against: phc))
        #expect(try !PasswordHash.verify("correct horsf", against: phc))
        #expect(try !PasswordHash.verify("", against: phc))
        #expect(try PasswordHash.make("correct horse", parameters: .cheap) != phc)
    }

    @Test func `composed and decomposed letters are the same password`() throws {
        let phc = try PasswordHash.make("caf\u{e9}", parameters: .cheap)
        #expect(try PasswordHash.verify("cafe\u{301}", against: phc))
    }

    @Test func `a password may hold a zero byte and counts beyond it`() throws {
        let phc = try PasswordHash.make("a\0b", parameters: .cheap)
        #expect(try !PasswordHash.verify("a\0c", against: phc))
        #expect(try !PasswordHash.verify("a", against: phc))
    }

    @Test func `the standard parameters make a hash that needs no other`() throws {
        let phc = try PasswordHash.make("x")
        #expect(phc.hasPrefix("$scrypt$ln=16,r=8,p=2$"))
        #expect(!PasswordHash.needsRehash(phc))
        #expect(try PasswordHash.verify("x", against: phc))
    }

    @Test func `a cheaper or unreadable hash is to be renewed`() throws {
        #expect(PasswordHash.needsRehash(try PasswordHash.make("x", parameters: .cheap)))
        #expect(PasswordHash.needsRehash("$2b$10$abc"))
    }

    @Test(arguments: [
        "", "$", "$scrypt$", "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$", "scrypt$ln=4,r=8,p=1$a$b",
        "$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=4,r=8$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=-4,r=8,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=4,r=8,p=1,x=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=99999999999999999999,r=8,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=4,r=8,p=1$!!!$AAAAAAAAAAAAAAAAAAAAAA",
    ])
    func `a damaged hash string is an error and never a match`(phc: String) {
        #expect(throws: PasswordHashError.malformed) {
            try PasswordHash.verify("x", against: phc)
        }
    }

    @Test(arguments: [
        "ln=30,r=8,p=1", "ln=18,r=8,p=1", "ln=17,r=16,p=1", "ln=4,r=999999,p=1",
        "ln=16,r=8,p=999999", "ln=63,r=1,p=1",
    ])
    func `a hostile hash string cannot ask for memory or time`(costs: String) {
        let phc = "$scrypt$\(costs)$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"
        #expect(throws: PasswordHashError.tooExpensive) {
            try PasswordHash.verify("x", against: phc)
        }
    }

    @Test func `a password beyond the limit is refused`() {
        let long = String(repeating: "x", count: Limits.passwordBytes + 1)
        #expect(throws: PasswordHashError.passwordTooLong) {
            try PasswordHash.make(long, parameters: .cheap)
        }
    }
}
