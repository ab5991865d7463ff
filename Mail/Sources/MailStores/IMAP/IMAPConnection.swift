/// Commands and answers of IMAP, one command at a time.
final class IMAPConnection {
    /// What a command came to.
    struct Answer {
        let isOK: Bool
        let text: String
        /// What was sent before the end.
        let responses: [IMAPResponse]
    }

    private let transport: any Transport
    private let literalBytes: Int
    private var input = LineInput()
    private var commands = 0

    /// - Parameter literalBytes: Of the longest literal that is read.
    init(_ transport: any Transport, literalBytes: Int) {
        self.transport = transport
        self.literalBytes = literalBytes
    }

    func greeting() async throws(MailStoreError) {
        switch try await response() {
        case .untagged(.ok, _): return
        case .untagged(_, let text):
            throw MailStoreError(.connection, "the server turns us away: \(text)")
        default: throw MailStoreError(.malformed, "the server does not speak IMAP")
        }
    }

    func command(_ command: String) async throws(MailStoreError) -> Answer {
        let tag = try await send(command)
        var responses: [IMAPResponse] = []
        for _ in 0..<StoreLimits.untaggedLines {
            switch try await response() {
            case .tagged(tag, let status, let text):
                return Answer(isOK: status == .ok, text: text, responses: responses)
            case .tagged, .continuation:
                throw MailStoreError(.malformed, "the server answers what nobody asked")
            case .untagged(.bye, let text) where !command.hasPrefix("LOGOUT"):
                throw MailStoreError(.connection, "the server says goodbye: \(text)")
            case .other: continue
            case let found: responses.append(found)
            }
        }
        throw MailStoreError(.malformed, "the server talks without end")
    }

    func authenticate(plain secret: String) async throws(MailStoreError) {
        let tag = try await send("AUTHENTICATE PLAIN")
        for _ in 0..<StoreLimits.untaggedLines {
            switch try await response() {
            case .continuation: try await transport.send(Array("\(secret)\r\n".utf8))
            case .tagged(tag, let status, let text):
                guard status == .ok else {
                    throw MailStoreError(.login, "the server does not let us in: \(text)")
                }
                return
            case .untagged(.bye, let text):
                throw MailStoreError(.login, "the server does not let us in: \(text)")
            default: continue
            }
        }
        throw MailStoreError(.malformed, "the server talks without end")
    }

    /// IDLE (RFC 2177): from now on the server talks, and ``news()`` is what it says.
    func beginIdling() async throws(MailStoreError) {
        let tag = try await send("IDLE")
        for _ in 0..<StoreLimits.untaggedLines {
            switch try await response() {
            case .continuation: return
            case .tagged(tag, _, let text):
                throw MailStoreError(.unsupported, "the server does not tell of mail: \(text)")
            case .untagged(.bye, let text):
                throw MailStoreError(.connection, "the server says goodbye: \(text)")
            default: continue
            }
        }
        throw MailStoreError(.malformed, "the server talks without end")
    }

    /// What the server says next without being asked.
    func news() async throws(MailStoreError) -> IMAPResponse { try await response() }

    func startTLS() async throws(MailStoreError) {
        try input.refusePending()
        try await transport.startTLS()
    }

    func close() async { await transport.close() }

    private func send(_ command: String) async throws(MailStoreError) -> String {
        commands += 1
        let tag = "p\(commands)"
        try await transport.send(Array("\(tag) \(command)\r\n".utf8))
        return tag
    }

    private func response() async throws(MailStoreError) -> IMAPResponse {
        var line = IMAPLine()
        while true {
            let text = try await input.line(from: transport)
            line.append(text: text)
            guard let length = try IMAPLine.literalLength(behind: text) else {
                return try line.response()
            }
            guard length <= literalBytes, line.literals.count < StoreLimits.literals else {
                throw MailStoreError(.malformed, "the server sends more than was asked for")
            }
            line.append(literal: try await input.octets(length, from: transport))
        }
    }
}
