import SMTP
import Testing

@testable import MailStores

@Suite struct IMAPStoreTests {
    typealias Step = ScriptedTransport.Step

    static let secret = "AGFubgBzIGU6Yw=="

    static func login(_ capabilities: String = "UIDPLUS MOVE") -> [Step] {
        [
            .says("* OK ready\r\n"), .hears("p1 CAPABILITY"),
            .says("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\np1 OK\r\n"),
            .hears("p2 AUTHENTICATE PLAIN"), .says("+ \r\n"), .hears(secret), .says("p2 OK in\r\n"),
            .hears("p3 CAPABILITY"), .says("* CAPABILITY IMAP4rev1 \(capabilities)\r\np3 OK\r\n"),
            .hears("p4 SELECT \"INBOX\""),
            .says(
                "* 3 EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n* OK [UIDVALIDITY 17] valid\r\n"
                    + "p4 OK [READ-WRITE] done\r\n"
            ),
        ]
    }

    static func open(
        _ transport: ScriptedTransport,
        _ options: String = "",
        host: String = "127.0.0.1",
        limits: StoreLimits = StoreLimits()
    ) async throws -> IMAPStore {
        let address = try StoreAddress.parse("imap://ann:s%20e:c@\(host)\(options)")
        guard case .server(let server) = address.place else { throw CancellationError() }
        return try await IMAPStore.open(address, server, over: transport, limits: limits)
    }

    @Test(arguments: [1, 5, .max])
    func `mails are listed, fetched whole, and deleted at the end`(piece: Int) async throws {
        let transport = ScriptedTransport(
            Self.login() + [
                .hears("p5 UID SEARCH UNDELETED"), .says("* SEARCH 9 4\r\n* 4 EXISTS\r\np5 OK\r\n"),
                .hears("p6 UID FETCH 4 (BODY.PEEK[]<0.26214401>)"),
                .says(
                    "* 1 FETCH (FLAGS (\\Seen) UID 4 BODY[]<0> {13}\r\nA: b\r\n\r\n)p6\r\n)\r\np6 OK\r\n"
                ),
                .hears("p7 UID STORE 4 +FLAGS.SILENT (\\Deleted)"), .says("p7 OK\r\n"),
                .hears("p8 UID EXPUNGE 4"), .says("* 1 EXPUNGE\r\np8 OK\r\n"),
                .hears("p9 LOGOUT"), .says("* BYE\r\np9 OK\r\n"),
            ],
            pieceBytes: piece
        )
        let store = try await Self.open(transport)
        let mails = try await store.list()
        #expect(mails.map(\.uid) == ["17.4", "17.9"])
        let raw = try await store.fetch(mails[0])
        #expect(String(decoding: raw, as: UTF8.self) == "A: b\r\n\r\n)p6\r\n")
        try await store.settle(mails[0])
        try await store.close()
        #expect(transport.isDone)
        #expect(transport.isClosed)
    }

    @Test func `a folder that is missing is made, and an old server copies and deletes`()
        async throws
    {
        let transport = ScriptedTransport(
            Self.login("") + [
                .hears("p5 UID COPY 4 \"Do \\\"ne\\\"\""), .says("p5 NO [TRYCREATE] none\r\n"),
                .hears("p6 CREATE \"Do \\\"ne\\\"\""), .says("p6 OK\r\n"),
                .hears("p7 UID COPY 4 \"Do \\\"ne\\\"\""), .says("p7 OK\r\n"),
                .hears("p8 UID STORE 4 +FLAGS.SILENT (\\Deleted)"), .says("p8 OK\r\n"),
                .hears("p9 EXPUNGE"), .says("p9 OK\r\n"), .hears("p10 LOGOUT"), .says("p10 OK\r\n"),
            ]
        )
        let store = try await Self.open(transport, "?then=move:Do%20%22ne%22")
        try await store.settle(StoredMail(uid: "17.4", size: nil, number: 4))
        try await store.close()
        #expect(transport.isDone)
    }

    @Test func `what is to be marked is looked for among what is not marked`() async throws {
        let transport = ScriptedTransport(
            Self.login() + [
                .hears("p5 UID SEARCH UNSEEN UNDELETED"), .says("* SEARCH\r\np5 OK\r\n"),
                .hears("p6 UID STORE 4 +FLAGS.SILENT (\\Seen)"), .says("p6 NO quota\r\n"),
            ]
        )
        let store = try await Self.open(transport, "?then=seen")
        #expect(try await store.list().isEmpty)
        let error = try await failure {
            try await store.settle(StoredMail(uid: "17.4", size: nil, number: 4))
        }
        #expect(error?.concernsOneMail == true)
    }

    @Test(
        arguments: [
            ([.says("* BYE full\r\n")], MailStoreError.Kind.connection),
            ([.says("+OK pop\r\n")], .malformed),
            (
                [
                    .says("* OK\r\n"), .hears("p1 CAPABILITY"),
                    .says("* CAPABILITY IMAP4rev1\r\np1 OK\r\n"),
                ], .tls
            ),
            (
                [
                    .says("* OK\r\n"), .hears("p1 CAPABILITY"),
                    .says("* CAPABILITY STARTTLS\r\np1 OK\r\n"), .hears("p2 STARTTLS"),
                    .says("p2 OK\r\n* OK injected\r\n"),
                ], .tls
            ),
            (
                [
                    .says("* OK\r\n"), .hears("p1 CAPABILITY"),
                    .says("* CAPABILITY STARTTLS AUTH=PLAIN\r\np1 OK\r\n"), .hears("p2 STARTTLS"),
                    .says("p2 OK\r\n"), .turnsOnTLS, .hears("p3 CAPABILITY"),
                    .says("* CAPABILITY LOGINDISABLED\r\np3 OK\r\n"),
                ], .login
            ),
        ] as [([Step], MailStoreError.Kind)]
    )
    func `a server that will not do gets no password`(
        steps: [Step],
        kind: MailStoreError.Kind
    ) async throws {
        let transport = ScriptedTransport(steps)
        let error = try await failure { try await Self.open(transport, host: "mail.example") }
        #expect(error?.kind == kind)
        #expect(transport.isClosed)
        #expect(transport.surprises.isEmpty)
    }

    /// By index: some are long.
    private static let hostileAnswers = [
        // A literal beyond the limit, without end, cut off; goodbye; another's tag; no end of lines.
        ["* 1 FETCH (UID 4 BODY[] {5000}\r\n"], ["* 1 FETCH (UID 4 BODY[] {99999999999999}\r\n"],
        ["* 1 FETCH (UID 4 BODY[] {100}\r\nabc"], ["* BYE enough\r\n"], ["p9 OK\r\n"],
        [String(repeating: "x", count: StoreLimits.lineBytes + 1)], ["nonsense\r\n"],
        ["* 1 FETCH (" + String(repeating: "{0}\r\n ", count: 60)],
    ]

    @Test(arguments: hostileAnswers.indices)
    func `a hostile server costs a connection and no more`(index: Int) async throws {
        let transport = ScriptedTransport(
            Self.login() + [.hears("p5 UID FETCH 4 (BODY.PEEK[]<0.4001>)")]
                + Self.hostileAnswers[index].map { .says($0) }
        )
        var limits = StoreLimits()
        limits.messageBytes = 4000
        let store = try await Self.open(transport, limits: limits)
        let error = try await failure {
            try await store.fetch(StoredMail(uid: "17.4", size: nil, number: 4))
        }
        #expect(error?.concernsOneMail == false)
    }

    @Test(arguments: [
        (
            " BODY[]<0> {4001}\r\n" + String(repeating: "x", count: 4001),
            MailStoreError.Kind.tooLarge
        ),
        (" BODY[] NIL UID 5", .refused), ("", .refused),
    ])
    func `a mail that cannot be had concerns that one alone`(
        attribute: String,
        kind: MailStoreError.Kind
    ) async throws {
        let uid = attribute.contains("UID") ? "" : "UID 4"
        let transport = ScriptedTransport(
            Self.login() + [
                .hears("p5 UID FETCH 4 (BODY.PEEK[]<0.4001>)"),
                .says("* 1 FETCH (\(uid)\(attribute))\r\np5 OK\r\n"),
            ]
        )
        var limits = StoreLimits()
        limits.messageBytes = 4000
        let store = try await Self.open(transport, limits: limits)
        let error = try await failure {
            try await store.fetch(StoredMail(uid: "17.4", size: nil, number: 4))
        }
        #expect(error?.kind == kind)
        #expect(error?.concernsOneMail == true)
    }

    @Test func `a server that can tells of mail as it comes in`() async throws {
        let transport = ScriptedTransport(
            Self.login("IDLE") + [
                .hears("p5 IDLE"), .says("+ idling\r\n"),
                .says("* OK still here\r\n* 2 EXPUNGE\r\n* 4 EXISTS\r\n* 1 RECENT\r\n"),
                .says("* 5 EXISTS\r\n"), .says("* BYE\r\n"),
            ]
        )
        let store = try await Self.open(transport)
        try await store.beginWatching()
        try await store.nextMail()
        try await store.nextMail()
        let error = try await failure { try await store.nextMail() }
        #expect(error?.kind == .connection)
        #expect(transport.isDone)
    }

    @Test(
        arguments: [("UIDPLUS", []), ("IDLE", [.hears("p5 IDLE"), .says("p5 NO\r\n")])]
            as [(String, [Step])]
    )
    func `a server that cannot is not watched`(capability: String, steps: [Step]) async throws {
        let transport = ScriptedTransport(Self.login(capability) + steps)
        let store = try await Self.open(transport)
        let error = try await failure { try await store.beginWatching() }
        #expect(error?.kind == .unsupported)
        #expect(transport.isDone)
    }

    @Test func `noise is never taken for an answer that traps`() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("*p+ ()[]{}\"\\0123456789AFETCHOKSEARCH".utf8)
        for _ in 0..<3000 {
            var line = IMAPLine()
            let count = Int.random(in: 0..<60, using: &generator)
            line.append(
                text: Array("* 1 FETCH (".utf8)
                    + (0..<count).map { _ in
                        alphabet.randomElement(using: &generator) ?? 0x20
                    }
            )
            line.append(literal: [1, 2, 3])
            line.append(text: Array(")".utf8))
            _ = try? line.response()
        }
    }
}
