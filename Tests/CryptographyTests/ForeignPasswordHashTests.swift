import Cryptography
import Testing

@Suite struct ForeignPasswordHashTests {
    /// Made by Python's hashlib as Discourse makes them: the characters of the salt are the salt.
    @Test(arguments: [
        (
            "correct horse", "0123456789abcdef0123456789abcdef", nil as String?,
            "127dc076cc9617c83632d90387ceb8c66c80340206d3ed4b200befd910f9f112"
        ),
        (
            "pässword ☃", "fedcba9876543210fedcba9876543210",
            "$pbkdf2-sha256$i=600000,l=32$",
            "61143e359e15558d9811ca94bf0639b26d11ba8c2cedf01b671f80e5c9ff520d"
        ),
    ])
    func `hashes of Discourse are compared with`(
        password: String,
        salt: String,
        algorithm: String?,
        hash: String
    ) throws {
        let read = try #require(
            ForeignPasswordHash(hash: hash, salt: salt, algorithm: algorithm)
        )
        let kept = try #require(ForeignPasswordHash(stored: read.stored))
        #expect(kept.matches(password))
        #expect(!kept.matches(password + " "))
        #expect(!kept.matches(""))
        #expect(PasswordHash.needsRehash(read.stored))
    }

    @Test(arguments: [
        "", "bcrypt", "$pbkdf2-sha512$i=64000,l=32$", "$pbkdf2-sha256$i=0,l=32$",
        "$pbkdf2-sha256$i=2000001,l=32$", "$pbkdf2-sha256$i=64000,l=64$",
        "$pbkdf2-sha256$i=x,l=32$", "$pbkdf2-sha256$", "$2a$10$abcdefghijklmnopqrstuv",
    ])
    func `an algorithm that is not known is refused`(algorithm: String) {
        let hash = String(repeating: "0", count: 64)
        let salt = String(repeating: "a", count: 32)
        #expect(ForeignPasswordHash(hash: hash, salt: salt, algorithm: algorithm) == nil)
    }

    @Test func `a hash or a salt of a wrong size is refused`() {
        let salt = String(repeating: "a", count: 32)
        for hash in [
            "", "00", String(repeating: "0", count: 62), String(repeating: "g", count: 64),
        ] {
            #expect(ForeignPasswordHash(hash: hash, salt: salt, algorithm: nil) == nil)
        }
        let hash = String(repeating: "0", count: 64)
        #expect(ForeignPasswordHash(hash: hash, salt: "short", algorithm: nil) == nil)
        for stored in ["", "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$a2V5", "$pbkdf2-sha256$i=1,l=32$$"] {
            #expect(ForeignPasswordHash(stored: stored) == nil)
        }
    }
}
