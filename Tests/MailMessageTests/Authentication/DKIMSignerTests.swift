import Cryptography
import Testing

@testable import MailMessage

struct DKIMSignerTests {
    private static let mail = Array(
        """
        From: Forum <forum@forum.example>\r
        To: anna@example.com\r
        Subject: A subject that is folded\r
         over two lines\r
        List-Unsubscribe: <https://forum.example/u>\r
        Content-Type: text/plain\r
        \r
        Body  with blanks \r
        \r
        .dot\r
        \r

        """.utf8
    )

    private static func signed(
        _ algorithm: SigningKey.Algorithm
    ) throws -> (field: [UInt8], zone: Zone) {
        let key = try #require(SigningKey.generate(algorithm))
        let again = try #require(SigningKey(pem: key.pem))
        let signer = try #require(
            DKIMSigner(domain: "Forum.Example", selector: "s1", key: again)
        )
        #expect(signer.record.name == "s1._domainkey.forum.example")
        let field = try #require(signer.field(for: mail, at: 1_800_000_000))
        return (field, Zone(names: [signer.record.name: [signer.record.value]]))
    }

    private static func outcome(_ bytes: [UInt8], _ zone: Zone) async -> [DKIMResult.Outcome] {
        await DKIMVerifier(resolver: zone).verify(Message.parse(bytes), now: 1_800_000_001)
            .map(\.outcome)
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func `what is signed is verified, and what is changed is not`(
        algorithm: SigningKey.Algorithm
    ) async throws {
        let (field, zone) = try Self.signed(algorithm)
        #expect(await Self.outcome(field + Self.mail, zone) == [.pass])
        let lines = String(decoding: field, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        for addition in [
            "From: evil@evil.example\r\n", "Subject: other\r\n", "To: x@y.example\r\n",
        ] {
            #expect(await Self.outcome(Array(addition.utf8) + field + Self.mail, zone) == [.fail])
        }
        // What relays do to a mail on its way.
        let received = Array("Received: from a by b\r\n".utf8)
        #expect(await Self.outcome(received + field + Self.mail + [0x0D, 0x0A], zone) == [.pass])
        #expect(await Self.outcome(field + Self.mail + Array("x".utf8), zone) == [.fail])
    }

    @Test func `a key speaks for its domain and those below it`() throws {
        let key = try #require(SigningKey.generate(.ed25519))
        let signer = try #require(DKIMSigner(domain: "forum.example", selector: "a", key: key))
        #expect(signer.speaks(for: "x@Forum.example"))
        #expect(signer.speaks(for: "x@mail.forum.example"))
        #expect(!signer.speaks(for: "x@notforum.example"))
        #expect(DKIMSigner(domain: "forum.example", selector: "a b", key: key) == nil)
        #expect(
            SigningKey(pem: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----") == nil
        )
    }
}
