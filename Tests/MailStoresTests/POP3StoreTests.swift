import SMTP
import Testing

@testable import MailStores

@Suite struct POP3StoreTests {
    typealias Step = ScriptedTransport.Step

    static let login: [Step] = [
        .says("+OK ready\r\n"), .hears("USER ann"), .says("+OK\r\n"), .hears("PASS s e:c"),
        .says("+OK\r\n"),
    ]

    static func open(
        _ transport: ScriptedTransport,
        _ url: String = "pop3://ann:s%20e:c@127.0.0.1",
        limits: StoreLimits = StoreLimits()
    ) async throws -> POP3Store {
        let address = try StoreAddress.parse(url)
        guard case .server(let server) = address.place else { throw CancellationError() }
        return try await POP3Store.open(address, server, over: transport, limits: limits)
    }

    @Test(arguments: [1, 7, .max])
    func `mails are listed, fetched without stuffed dots, and deleted`(piece: Int) async throws {
        let transport = ScriptedTransport(
            Self.login + [
                .hears("LIST"), .says("+OK\r\n1 40\r\n3 99999999\r\n.\r\n"),
                .hears("UIDL"), .says("+OK\r\n1 aaa\r\n3 b!b\r\n.\r\n"),
                .hears("RETR 1"), .says("+OK\r\nA: b\r\n\r\n..\r\n..x\r\ny\r\n.\r\n"),
                .hears("DELE 1"), .says("+OK\r\n"), .hears("QUIT"), .says("+OK bye\r\n"),
            ],
            pieceBytes: piece
        )
        let store = try await Self.open(transport)
        let mails = try await store.list()
        #expect(mails.map(\.uid) == ["aaa", "b!b"])
        #expect(mails.map(\.size) == [40, 99_999_999])
        let raw = try await store.fetch(mails[0])
        #expect(String(decoding: raw, as: UTF8.self) == "A: b\r\n\r\n.\r\n.x\r\ny\r\n")
        try await store.settle(mails[0])
        try await store.close()
        #expect(transport.isDone)
        #expect(transport.isClosed)
    }

    @Test func `what is kept is not deleted`() async throws {
        let transport = ScriptedTransport(Self.login + [.hears("QUIT"), .says("+OK\r\n")])
        let store = try await Self.open(transport, "pop3://ann:s%20e:c@127.0.0.1?then=keep")
        try await store.settle(StoredMail(uid: "a", size: nil, number: 1))
        try await store.close()
        #expect(transport.isDone)
    }

    @Test func `TLS comes before the password`() async throws {
        let transport = ScriptedTransport(
            [.says("+OK\r\n"), .hears("STLS"), .says("+OK go\r\n"), .turnsOnTLS]
                + Self.login.dropFirst()
        )
        _ = try await Self.open(transport, "pop3://ann:s%20e:c@mail.example")
        #expect(transport.isDone)
    }

    @Test(
        arguments: [
            ([.says("+OK\r\n"), .hears("STLS"), .says("-ERR\r\n")], MailStoreError.Kind.tls),
            ([.says("+OK\r\n"), .hears("STLS"), .says("+OK\r\n+OK injected\r\n")], .tls),
            ([.says("-ERR busy\r\n")], .connection), ([.says("220 smtp\r\n")], .malformed),
            ([], .connection),
        ] as [([Step], MailStoreError.Kind)]
    )
    func `a server that will not do gets no password`(
        steps: [Step],
        kind: MailStoreError.Kind
    ) async throws {
        let transport = ScriptedTransport(steps)
        let error = try await failure {
            try await Self.open(transport, "pop3://ann:s%20e:c@mail.example")
        }
        #expect(error?.kind == kind)
        #expect(error?.description.contains("s e:c") == false)
        #expect(transport.isClosed)
        #expect(transport.surprises.isEmpty)
    }

    /// By index: some are long.
    private static let hostileAnswers = [
        // Goodbye in the middle, a mail without end, a line without end, nonsense.
        ["+OK\r\nSubject: x\r\n"], ["+OK\r\n" + String(repeating: "x\r\n", count: 2000)],
        ["+OK\r\n", String(repeating: "x", count: StoreLimits.lineBytes), "yy"], ["hello\r\n"],
    ]

    @Test(arguments: hostileAnswers.indices)
    func `a hostile server costs a connection and no more`(index: Int) async throws {
        let transport = ScriptedTransport(
            Self.login + [.hears("RETR 1")] + Self.hostileAnswers[index].map { .says($0) }
        )
        var limits = StoreLimits()
        limits.messageBytes = 4000
        let store = try await Self.open(transport, limits: limits)
        let error = try await failure {
            try await store.fetch(StoredMail(uid: "a", size: nil, number: 1))
        }
        #expect(error?.concernsOneMail == false)
    }

    @Test func `a mail that the server does not give concerns that one alone`() async throws {
        let transport = ScriptedTransport(Self.login + [.hears("RETR 1"), .says("-ERR gone\r\n")])
        let store = try await Self.open(transport)
        let error = try await failure {
            try await store.fetch(StoredMail(uid: "a", size: nil, number: 1))
        }
        #expect(error?.concernsOneMail == true)
        #expect(error?.description.contains("gone") == true)
    }

    @Test(arguments: ["1\r\n", "x y\r\n", "0 a\r\n", "1 \u{7F}\r\n", "-1 a\r\n"])
    func `a listing that makes no sense is refused`(line: String) async throws {
        let transport = ScriptedTransport(
            Self.login + [
                .hears("LIST"), .says("+OK\r\n.\r\n"), .hears("UIDL"), .says("+OK\r\n\(line).\r\n"),
            ]
        )
        let store = try await Self.open(transport)
        await #expect(throws: MailStoreError.self) { try await store.list() }
    }
}
