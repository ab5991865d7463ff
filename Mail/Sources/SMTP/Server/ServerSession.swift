/// One conversation with a peer that sends mail, without sockets and without a clock.
///
/// Octets go in by ``receive(_:)``; ``next()`` tells what to do, until it has nothing more to do
/// with what has come. How the octets were cut into pieces makes no difference. What the session
/// keeps is bounded by ``SMTPLimits``, whatever the peer sends.
///
/// ```
/// session.receive(bytes)
/// while let action = session.next() { … }
/// ```
package struct ServerSession: Sendable {
    /// Which protocol is spoken.
    package enum Dialect: Sendable, Hashable {
        /// RFC 2033: LHLO, and behind each mail a reply for each recipient.
        case lmtp
        /// RFC 5321: EHLO or HELO, and one reply behind each mail.
        case smtp
    }

    /// What the driver has to do.
    package enum Action: Sendable, Hashable {
        case send([UInt8])
        /// Ask for the verdict on a recipient and give it to ``judged(_:)``.
        case judge(recipient: String, from: String)
        /// Take the mail and give the replies to ``delivered(_:)``.
        case deliver(Envelope, data: [UInt8])
        /// Send this, and encrypt what follows in both directions.
        case startTLS([UInt8])
        /// Close the connection. Nothing follows.
        case close
    }

    /// What the session says of itself and knows of its peer.
    package struct Configuration: Sendable, Hashable {
        package var dialect: Dialect
        /// The name in the greeting, a domain.
        package var serverName: String
        /// The peer's network address, if it has one.
        package var peer: String?
        /// Whether the peer is a relay of ours.
        package var isRelay: Bool
        package var limits: SMTPLimits
        /// Whether there is a certificate for STARTTLS.
        package var offersTLS: Bool

        package init(
            dialect: Dialect = .lmtp,
            serverName: String,
            peer: String? = nil,
            isRelay: Bool = false,
            limits: SMTPLimits = SMTPLimits(),
            offersTLS: Bool = false
        ) {
            self.dialect = dialect
            self.serverName = serverName
            self.peer = peer
            self.isRelay = isRelay
            self.limits = limits
            self.offersTLS = offersTLS
        }
    }

    enum Phase {
        case command
        /// Inside a line that is longer than allowed.
        case overlongLine(discarded: Int, isBehindCarriageReturn: Bool)
        case data
        case chunk(Chunk)
        case judging(String)
        case delivering([String])
        /// Behind STARTTLS.
        case securing
        case closing
        case closed
    }

    /// A BDAT whose octets are on their way.
    struct Chunk {
        let size: Int
        var remaining: Int
        var isLast: Bool
        /// The reply when the BDAT came at the wrong time; its octets are thrown away.
        var refusal: SMTPReply?
    }

    struct Transaction {
        var from: String
        var isInternational: Bool
        var expectedSize: Int
        var recipients: [String] = []
    }

    /// What became of the octets at hand.
    enum Step {
        case again
        case wait
        case act(Action)
    }

    package let configuration: Configuration
    var phase = Phase.command
    var helloName: String?
    /// The peer said EHLO or LHLO.
    var isExtended = false
    /// What comes now came through TLS.
    package private(set) var isEncrypted = false
    var transaction: Transaction?
    /// The mail of DATA, while it comes.
    var reader: DataReader?
    /// The mail of BDAT, from the first chunk to the last.
    var chunks: ChunkReader?
    /// Octets of refused chunks since the last mail.
    var discarded = 0
    private var question: Action?
    private var input: [UInt8] = []
    private var position = 0
    private var output: [UInt8] = []
    private var commandsWithoutMail = 0
    private var errors = 0

    package init(configuration: Configuration) {
        self.configuration = configuration
        let name = configuration.dialect == .lmtp ? "LMTP" : "ESMTP"
        let text = "\(configuration.serverName) \(name)"
        output = SMTPReply(code: 220, enhanced: "", text: text).wire()
    }

    /// A MAIL was taken and its mail is neither delivered nor given up.
    package var isInTransaction: Bool { transaction != nil }

    /// Adds octets of the peer. To be called when ``next()`` has returned nil.
    package mutating func receive(_ bytes: some Sequence<UInt8>) {
        if position == input.count {
            input.removeAll(keepingCapacity: true)
        } else {
            input.removeSubrange(..<position)
        }
        position = 0
        input.append(contentsOf: bytes)
    }

    /// What to do now; nil when more octets, or an answer of the driver's, are needed.
    package mutating func next() -> Action? {
        while true {
            switch advance() {
            case .again: continue
            case .wait: return flush()
            case .act(let action): return action
            }
        }
    }

    private mutating func advance() -> Step {
        switch phase {
        case .command: return readCommand()
        case .overlongLine(let discarded, let flag): return skipLine(discarded, flag)
        case .data: return readData()
        case .chunk(let chunk): return readChunk(chunk)
        case .judging: return takeQuestion()
        case .delivering, .closed: return .wait
        case .securing: return beginTLS()
        case .closing:
            if let action = flush() {
                return .act(action)
            }
            phase = .closed
            return .act(.close)
        }
    }

    /// What was pipelined behind STARTTLS is not read: it came in plain text.
    private mutating func beginTLS() -> Step {
        position = input.count
        isEncrypted = true
        phase = .command
        let bytes = output
        output = []
        return .act(.startTLS(bytes))
    }

    /// A question is asked once, and the replies before it wait for its answer: pipelined
    /// commands are answered together.
    private mutating func takeQuestion() -> Step {
        guard let question else { return .wait }
        self.question = nil
        return .act(question)
    }

    private mutating func flush() -> Action? {
        guard !output.isEmpty else { return nil }
        let bytes = output
        output = []
        return .send(bytes)
    }

    mutating func reply(_ reply: SMTPReply) {
        output.append(contentsOf: reply.wire())
    }

    /// Answers a line that the peer should not have sent.
    mutating func refuse(_ reply: SMTPReply) {
        self.reply(reply)
        errors += 1
        if errors >= configuration.limits.errors {
            close(.tooManyErrors)
        }
    }

    mutating func close(_ reply: SMTPReply) {
        self.reply(reply)
        phase = .closing
    }

    mutating func endTransaction() {
        transaction = nil
        reader = nil
        chunks = nil
    }

    /// Leaves the verdict on a recipient to the driver.
    mutating func ask(about recipient: String, from: String) {
        phase = .judging(recipient)
        question = .judge(recipient: recipient, from: from)
    }

    mutating func countMail() {
        commandsWithoutMail = 0
        discarded = 0
    }
}

// MARK: - Octets

extension ServerSession {
    private mutating func readCommand() -> Step {
        let limit = configuration.limits.commandLine
        let window = input[position...].prefix(limit)
        guard let end = window.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
            return beginOverlongLine(window)
        }
        guard input[end] == Octet.carriageReturn else { return rejectBareLineEnd() }
        guard end + 1 < window.endIndex else {
            return beginOverlongLine(window)
        }
        guard input[end + 1] == Octet.lineFeed else { return rejectBareLineEnd() }
        let line = input[position..<end]
        position = end + 2
        commandsWithoutMail += 1
        guard commandsWithoutMail <= configuration.limits.commandsWithoutMail else {
            close(.tooManyCommands)
            return .again
        }
        execute(line)
        return .again
    }

    /// No line ends in what has come: either more is needed or it is too long already.
    private mutating func beginOverlongLine(_ window: ArraySlice<UInt8>) -> Step {
        guard window.count >= configuration.limits.commandLine else { return .wait }
        position = window.endIndex
        phase = .overlongLine(
            discarded: window.count,
            isBehindCarriageReturn: window.last == Octet.carriageReturn
        )
        return .again
    }

    private mutating func rejectBareLineEnd() -> Step {
        close(.bareLineEndInCommand)
        return .again
    }

    private mutating func skipLine(_ discarded: Int, _ isBehindCarriageReturn: Bool) -> Step {
        guard position < input.endIndex else { return .wait }
        var discarded = discarded
        var isBehindCarriageReturn = isBehindCarriageReturn
        while position < input.endIndex {
            let octet = input[position]
            position += 1
            discarded += 1
            if octet == Octet.lineFeed, isBehindCarriageReturn {
                phase = .command
                refuse(.lineTooLong)
                return .again
            }
            guard discarded < configuration.limits.discardedLine else {
                close(.lineTooLong)
                return .again
            }
            isBehindCarriageReturn = octet == Octet.carriageReturn
        }
        phase = .overlongLine(
            discarded: discarded,
            isBehindCarriageReturn: isBehindCarriageReturn
        )
        return .again
    }

    private mutating func readData() -> Step {
        guard position < input.endIndex else { return .wait }
        position += reader?.read(input[position...]) ?? 0
        guard let mail = reader?.mail, let isAtEnd = reader?.isAtEnd else {
            phase = .command
            return .again
        }
        if isAtEnd {
            return finish(mail)
        }
        if mail.discarded > configuration.limits.discardedMessage {
            close(.messageTooLarge)
        }
        return .again
    }

    private mutating func readChunk(_ chunk: Chunk) -> Step {
        var chunk = chunk
        let bytes = input[position...].prefix(chunk.remaining)
        position = bytes.endIndex
        chunk.remaining -= bytes.count
        phase = .chunk(chunk)
        if chunk.refusal == nil {
            chunks?.read(bytes)
        } else {
            discarded += bytes.count
        }
        if discarded + (chunks?.mail.discarded ?? 0) > configuration.limits.discardedMessage {
            close(.messageTooLarge)
            return .again
        }
        guard chunk.remaining == 0 else { return .wait }
        phase = .command
        return finish(chunk)
    }
}
