import Foundation

/// One conversation with a relay, without sockets and without a clock.
///
/// Octets go in by ``receive(_:)``, mails by ``transmit(_:)``; ``next()`` tells what to do.
struct ClientSession {
    enum Action: Equatable {
        case send([UInt8])
        /// Encrypt from here on. What follows is sent through TLS.
        case startTLS
        /// Send ``OutgoingMail/body`` and call ``bodySent()``.
        case sendBody
        /// The relay is ready for mails.
        case opened
        /// The mail of ``transmit(_:)`` is in the relay's keeping.
        case sent(SMTPReply)
        case failed(SMTPClientError)
        case close
    }

    struct Configuration {
        var relay: ServerURL
        /// Our name for EHLO: a domain or an address literal.
        var helloName: String
        var timeouts: ClientTimeouts
    }

    enum State: Equatable {
        case greeting
        case ehlo
        case helo
        case startTLS
        case authPlain
        case authUser
        case authPassword
        case authEnd
        case ready
        case envelope
        case dataStart
        case body
        case dataEnd
        /// Waits for the reply to what ends the mail under way, then tells the error.
        case reset(SMTPClientError)
        case quit
        case closed
    }

    let configuration: Configuration
    var state = State.greeting
    var actions: [Action] = []
    var isEncrypted: Bool
    var extensions: [String: String] = [:]
    var mail: OutgoingMail?
    /// What the commands under way were about, in their order.
    var expected: [Expectation] = []
    /// The first refusal of the envelope under way.
    var refusal: SMTPClientError?
    private var parser = ReplyParser()
    /// TLS has begun and the relay has said nothing through it yet.
    private var isHandshaking: Bool

    enum Expectation: Equatable {
        case sender
        case recipient(Int)
    }

    init(configuration: Configuration) {
        self.configuration = configuration
        isEncrypted = configuration.relay.tls == .implicit
        isHandshaking = isEncrypted
    }

    /// How long to wait for the relay now; nil when nothing is expected of it.
    var timeout: Duration? {
        let timeouts = configuration.timeouts
        switch state {
        case .greeting: return timeouts.greeting
        case .dataStart: return timeouts.dataStart
        case .body: return timeouts.dataBlock
        case .dataEnd: return timeouts.dataEnd
        case .quit: return timeouts.quit
        case .ready, .closed: return nil
        default: return timeouts.command
        }
    }

    mutating func next() -> Action? {
        actions.isEmpty ? nil : actions.removeFirst()
    }

    mutating func receive(_ bytes: some Sequence<UInt8>) {
        guard state != .closed else { return }
        isHandshaking = false
        parser.receive(bytes)
        while state != .closed {
            do {
                guard let reply = try parser.next() else { return }
                handle(reply)
            } catch {
                fail("The relay sent something that is no reply")
            }
        }
    }

    /// The connection is gone, or its time is up.
    mutating func fail(_ reason: String) {
        guard state != .closed else { return }
        let wasQuitting = state == .quit
        let error =
            refusal ?? pendingError
            ?? SMTPClientError(kind: .temporary, stage: stage, reason: reason)
        if !wasQuitting {
            actions.append(.failed(error))
        }
        close()
    }

    private var pendingError: SMTPClientError? {
        guard case .reset(let error) = state else { return nil }
        return error
    }

    mutating func close() {
        state = .closed
        mail = nil
        actions.append(.close)
    }

    mutating func send(_ line: String) {
        actions.append(.send(Array("\(line)\r\n".utf8)))
    }

    mutating func fail(_ reply: SMTPReply) {
        actions.append(.failed(SMTPClientError(reply: reply, stage: stage)))
        close()
    }

    private var stage: SMTPClientError.Stage {
        switch state {
        case _ where isHandshaking: .tls
        case .greeting: .greeting
        case .ehlo, .helo: .hello
        case .startTLS: .tls
        case .authPlain, .authUser, .authPassword, .authEnd: .authentication
        case .ready, .closed, .quit: .connect
        case .envelope, .reset: expected.first == .sender ? .sender : .recipient
        case .dataStart, .body: .data
        case .dataEnd: .end
        }
    }

    private mutating func handle(_ reply: SMTPReply) {
        switch state {
        case .greeting, .ehlo, .helo: handleHello(reply)
        case .startTLS: handleStartTLS(reply)
        case .authPlain, .authUser, .authPassword, .authEnd: handleAuthentication(reply)
        case .envelope, .dataStart, .body, .dataEnd, .reset: handleMail(reply)
        case .quit: close()
        case .ready, .closed:
            // A relay that speaks first has something like 421 to say.
            fail(reply)
        }
    }
}

// MARK: - Opening

extension ClientSession {
    private mutating func handleHello(_ reply: SMTPReply) {
        switch state {
        case .greeting where reply.isPositive:
            state = .ehlo
            send("EHLO \(configuration.helloName)")
        case .ehlo where reply.isPositive:
            readExtensions(reply)
            afterHello()
        case .ehlo where reply.isPermanent && reply.code != 521 && reply.code != 554:
            state = .helo
            send("HELO \(configuration.helloName)")
        case .helo where reply.isPositive:
            extensions = [:]
            afterHello()
        default:
            fail(reply)
        }
    }

    private mutating func readExtensions(_ reply: SMTPReply) {
        extensions = [:]
        for line in reply.text.split(separator: "\n").dropFirst() {
            // Old relays write AUTH=LOGIN as well.
            let words = line.split(maxSplits: 1) { $0 == " " || $0 == "=" }
            guard let keyword = words.first?.uppercased() else { continue }
            let value = words.count > 1 ? words[1].uppercased() : ""
            extensions[keyword, default: ""] += extensions[keyword] == nil ? value : " \(value)"
        }
    }

    private mutating func afterHello() {
        if !isEncrypted, configuration.relay.tls != .none {
            if extensions["STARTTLS"] != nil {
                state = .startTLS
                send("STARTTLS")
                return
            }
            guard configuration.relay.tls == .opportunistic else {
                state = .startTLS
                fail("The relay does not offer STARTTLS")
                return
            }
        }
        authenticate()
    }

    private mutating func handleStartTLS(_ reply: SMTPReply) {
        guard reply.code == 220 else {
            fail(reply)
            return
        }
        // Whatever came behind the 220 was not encrypted: somebody on the way may have put it
        // there to have it read as the relay's later words (RFC 3207 §5, CVE-2011-0411).
        guard !parser.hasPending else {
            parser.discard()
            fail("The relay sent plain text behind its answer to STARTTLS")
            return
        }
        isEncrypted = true
        isHandshaking = true
        extensions = [:]
        actions.append(.startTLS)
        state = .ehlo
        send("EHLO \(configuration.helloName)")
    }

    private mutating func authenticate() {
        guard let credentials = configuration.relay.credentials else {
            open()
            return
        }
        state = .authPlain
        guard isEncrypted || configuration.relay.isLoopback else {
            fail("The password is not sent without TLS")
            return
        }
        let mechanisms = extensions["AUTH", default: ""].split(separator: " ")
        if mechanisms.contains("PLAIN") {
            let response = "\0\(credentials.user)\0\(credentials.password)"
            send("AUTH PLAIN \(Self.base64(response))")
        } else if mechanisms.contains("LOGIN") {
            state = .authUser
            send("AUTH LOGIN")
        } else {
            fail("The relay offers neither AUTH PLAIN nor AUTH LOGIN")
        }
    }

    private mutating func handleAuthentication(_ reply: SMTPReply) {
        switch (state, reply.code) {
        case (.authPlain, 235), (.authEnd, 235):
            open()
        case (.authUser, 334):
            state = .authPassword
            send(Self.base64(configuration.relay.credentials?.user ?? ""))
        case (.authPassword, 334):
            state = .authEnd
            send(Self.base64(configuration.relay.credentials?.password ?? ""))
        default:
            fail(reply)
        }
    }

    private mutating func open() {
        state = .ready
        actions.append(.opened)
    }

    private static func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
    }
}

// MARK: - Mail

extension ClientSession {
    /// Starts a mail. Allowed when ``Action/opened`` was told and no mail is under way.
    ///
    /// One refused recipient refuses the mail for all of them, before a word of it is sent.
    mutating func transmit(_ mail: OutgoingMail) {
        guard state == .ready else {
            let reason = state == .closed ? "The connection is closed" : "A mail is under way"
            actions.append(
                .failed(SMTPClientError(kind: .temporary, stage: .connect, reason: reason))
            )
            return
        }
        if let error = obstacle(to: mail) {
            actions.append(.failed(error))
            return
        }
        self.mail = mail
        refusal = nil
        state = .envelope
        expected = [.sender] + mail.recipients.indices.map(Expectation.recipient)
        var lines = [mailCommand(mail)]
        if isPipelined {
            lines += mail.recipients.map { "RCPT TO:<\($0)>" }
        }
        if asksForDataAtOnce { lines.append("DATA") }
        send(lines.joined(separator: "\r\n"))
    }

    private var isPipelined: Bool { extensions["PIPELINING"] != nil }

    /// DATA goes with the envelope where a refusal leaves nobody who could get an empty mail.
    private var asksForDataAtOnce: Bool { isPipelined && mail?.recipients.count == 1 }

    /// What this relay cannot carry, told without asking it.
    private func obstacle(to mail: OutgoingMail) -> SMTPClientError? {
        if let limit = extensions["SIZE"].flatMap({ Int($0) }), limit > 0, mail.size > limit {
            return permanent("The mail has \(mail.size) octets, the relay takes \(limit)")
        }
        if mail.isInternational, extensions["SMTPUTF8"] == nil {
            return permanent("The relay takes no addresses or header fields beyond ASCII")
        }
        if mail.isEightBit, extensions["8BITMIME"] == nil {
            return permanent("The relay takes no octets beyond ASCII")
        }
        return nil
    }

    private func permanent(_ reason: String) -> SMTPClientError {
        SMTPClientError(kind: .permanent, stage: .sender, reason: reason)
    }

    private func mailCommand(_ mail: OutgoingMail) -> String {
        var line = "MAIL FROM:<\(mail.from?.description ?? "")>"
        if extensions["SIZE"] != nil {
            line += " SIZE=\(mail.size)"
        }
        if mail.isEightBit {
            line += " BODY=8BITMIME"
        }
        if mail.isInternational {
            line += " SMTPUTF8"
        }
        return line
    }

    /// Every octet of the body has left.
    mutating func bodySent() {
        guard state == .body else { return }
        state = .dataEnd
    }

    /// Ends an open connection politely.
    mutating func quit() {
        guard state == .ready else {
            close()
            return
        }
        state = .quit
        send("QUIT")
    }

    private mutating func handleMail(_ reply: SMTPReply) {
        if reply.code == 421 {
            let error = pendingRefusal ?? SMTPClientError(reply: reply, stage: stageOfReply)
            actions.append(.failed(error))
            close()
            return
        }
        switch state {
        case .envelope:
            handleEnvelope(reply)
        case .dataStart where reply.code == 354:
            if let refusal {
                // It waits for a mail to nobody, and gets an empty one (RFC 2920 §3.1).
                giveUp(refusal, with: ".")
            } else {
                state = .body
                actions.append(.sendBody)
            }
        case .dataStart:
            // 2xx to DATA is nonsense; the code tells the rest.
            giveUp(refusal ?? SMTPClientError(reply: reply, stage: .data))
        case .body:
            // A verdict before the end: nothing more can be said on this connection.
            actions.append(.failed(SMTPClientError(reply: reply, stage: .data)))
            close()
        case .dataEnd:
            finish(reply)
        case .reset(let error):
            ready()
            actions.append(.failed(error))
        default:
            fail(reply)
        }
    }

    private var pendingRefusal: SMTPClientError? {
        guard case .reset(let error) = state else { return refusal }
        return error
    }

    private var stageOfReply: SMTPClientError.Stage {
        switch state {
        case .envelope: expected.first == .sender ? .sender : .recipient
        case .dataEnd: .end
        default: .data
        }
    }

    private mutating func handleEnvelope(_ reply: SMTPReply) {
        guard let mail, !expected.isEmpty else { return }
        let expectation = expected.removeFirst()
        if !reply.isPositive, refusal == nil {
            switch expectation {
            case .sender:
                refusal = SMTPClientError(reply: reply, stage: .sender)
            case .recipient(let index):
                let address = mail.recipients[index].description
                refusal = SMTPClientError(reply: reply, stage: .recipient, recipient: address)
            }
        }
        if isPipelined, !expected.isEmpty {
            return
        }
        if asksForDataAtOnce {
            state = .dataStart
        } else if let refusal {
            giveUp(refusal)
        } else if case .recipient(let index)? = expected.first {
            send("RCPT TO:<\(mail.recipients[index])>")
        } else {
            state = .dataStart
            send("DATA")
        }
    }

    /// - Parameter command: What takes the relay back to where mails begin.
    private mutating func giveUp(_ error: SMTPClientError, with command: String = "RSET") {
        state = .reset(error)
        refusal = nil
        send(command)
    }

    private mutating func finish(_ reply: SMTPReply) {
        ready()
        if reply.isPositive {
            actions.append(.sent(reply))
        } else {
            actions.append(.failed(SMTPClientError(reply: reply, stage: .end)))
        }
    }

    private mutating func ready() {
        state = .ready
        mail = nil
        expected = []
        refusal = nil
    }
}
