// What the session answers to each command.

extension ServerSession {
    /// - Parameter line: without its CRLF.
    mutating func execute(_ line: ArraySlice<UInt8>) {
        do {
            try execute(Command.parse(line))
        } catch {
            answer(error)
        }
    }

    private mutating func answer(_ fault: Command.Fault) {
        switch fault {
        case .unknown: refuse(.unknownCommand)
        case .notImplemented: refuse(.notImplemented)
        case .arguments(let wanted): refuse(.syntax("Expected \(wanted)"))
        case .address: refuse(.badAddress)
        case .chunkSize: close(.syntax("Expected BDAT size [LAST]"))
        case .otherProtocol: close(.otherProtocol)
        }
    }

    private mutating func execute(_ command: Command) {
        switch command {
        case .hello(let kind, let name): hello(kind, name)
        case .mail(let path, let parameters): mail(path, parameters)
        case .recipient(let mailbox, let parameters): recipient(mailbox, parameters)
        case .data: data()
        case .chunk(let size, let isLast): chunk(size, isLast)
        case .reset:
            endTransaction()
            reply(.ok)
        case .noOperation: reply(.ok)
        case .verify: reply(.cannotVerify)
        case .help: reply(.help)
        case .startTLS: startTLS()
        case .quit: close(.bye)
        }
    }

    private mutating func hello(_ kind: Command.Hello, _ name: String) {
        guard (kind == .lhlo) == (configuration.dialect == .lmtp) else {
            refuse(.unknownCommand)
            return
        }
        endTransaction()
        helloName = name
        isExtended = kind != .helo
        var lines = [configuration.serverName]
        if kind != .helo {
            lines += [
                "PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "CHUNKING",
                "SIZE \(configuration.limits.messageSize)",
            ]
            if configuration.offersTLS, !isEncrypted { lines.append("STARTTLS") }
        }
        reply(SMTPReply(code: 250, enhanced: "", text: lines.joined(separator: "\n")))
    }

    /// RFC 3207 §4.2: what was said before counts no more.
    private mutating func startTLS() {
        guard configuration.offersTLS else {
            refuse(.notImplemented)
            return
        }
        guard !isEncrypted else {
            refuse(.sequence("TLS is on already"))
            return
        }
        endTransaction()
        helloName = nil
        reply(.readyForTLS)
        phase = .securing
    }

    private mutating func mail(_ path: PathArgument, _ parameters: [Parameter]) {
        guard helloName != nil else {
            refuse(.sequence(configuration.dialect == .lmtp ? "LHLO first" : "EHLO first"))
            return
        }
        guard transaction == nil else {
            refuse(.sequence("One mail at a time: RSET first"))
            return
        }
        var size = 0
        var isInternational = false
        for parameter in parameters {
            switch (parameter.keyword, parameter.value) {
            case ("SIZE", let value?):
                guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                    refuse(.syntax("Expected SIZE=octets"))
                    return
                }
                size = Command.number(value.utf8) ?? .max
            case ("SMTPUTF8", nil):
                isInternational = true
            case ("BODY", let value?) where ["7BIT", "8BITMIME"].contains(value.uppercased()):
                break
            case ("SIZE", nil), ("SMTPUTF8", _), ("BODY", _):
                refuse(.syntax("Bad value of \(parameter.keyword)"))
                return
            default:
                refuse(.unknownParameter)
                return
            }
        }
        guard size <= configuration.limits.messageSize else {
            reply(.messageTooLarge)
            return
        }
        var from = ""
        if case .mailbox(let mailbox) = path {
            guard isInternational || !mailbox.isInternational else {
                reply(.internationalAddress)
                return
            }
            from = mailbox.description
        }
        transaction = Transaction(
            from: from,
            isInternational: isInternational,
            expectedSize: size
        )
        reply(.senderTaken)
    }

    private mutating func recipient(_ mailbox: Mailbox, _ parameters: [Parameter]) {
        guard let transaction, chunks == nil else {
            // Not counted as an error: pipelined behind a MAIL that was refused, it is none.
            reply(.sequence("MAIL first"))
            return
        }
        guard parameters.isEmpty else {
            refuse(.unknownParameter)
            return
        }
        guard transaction.isInternational || !mailbox.isInternational else {
            reply(.internationalAddress)
            return
        }
        guard transaction.recipients.count < configuration.limits.recipients else {
            reply(.tooManyRecipients)
            return
        }
        ask(about: mailbox.description, from: transaction.from)
    }

    private mutating func data() {
        guard let transaction, chunks == nil else {
            reply(.sequence(chunks == nil ? "MAIL first" : "BDAT has begun"))
            return
        }
        guard !transaction.recipients.isEmpty else {
            reply(.noRecipients(configuration.dialect))
            return
        }
        reader = DataReader(mail: collector(for: transaction))
        phase = .data
        reply(.goOn)
    }

    private mutating func chunk(_ size: Int, _ isLast: Bool) {
        var chunk = Chunk(size: size, remaining: size, isLast: isLast)
        if let transaction, !transaction.recipients.isEmpty {
            if chunks == nil {
                chunks = ChunkReader(mail: collector(for: transaction))
            }
            chunks?.expect(size)
        } else if transaction != nil {
            chunk.refusal = .noRecipients(configuration.dialect)
        } else {
            chunk.refusal = .sequence("MAIL first")
        }
        phase = .chunk(chunk)
    }

    private func collector(for transaction: Transaction) -> MailCollector {
        MailCollector(
            limit: configuration.limits.messageSize,
            expected: transaction.expectedSize
        )
    }
}

// MARK: - Verdicts

extension ServerSession {
    /// The driver's answer to ``Action/judge(recipient:from:)``.
    package mutating func judged(_ verdict: SMTPReply) {
        guard case .judging(let recipient) = phase else { return }
        phase = .command
        if verdict.isPositive {
            transaction?.recipients.append(recipient)
        }
        reply(verdict.isFinal ? verdict : .localError)
    }

    /// The driver's answer to ``Action/deliver(_:data:)``: one reply for each recipient.
    package mutating func delivered(_ replies: [SMTPReply]) {
        guard case .delivering(let recipients) = phase else { return }
        phase = .command
        let verdicts = recipients.indices.map { index in
            index < replies.count && replies[index].isFinal ? replies[index] : .localError
        }
        answerMail(verdicts)
    }

    /// LMTP answers for each recipient. SMTP has one reply for all: a recipient that has to wait
    /// makes the peer send again, or else the mail is taken when anyone took it.
    private mutating func answerMail(_ verdicts: [SMTPReply]) {
        switch configuration.dialect {
        case .lmtp:
            for verdict in verdicts {
                reply(verdict)
            }
        case .smtp:
            let verdict =
                verdicts.first(where: \.isTemporary)
                ?? verdicts.first(where: \.isPositive)
                ?? verdicts.first
            reply(verdict ?? .localError)
        }
    }

    /// The mail is complete: hands it over, or refuses it.
    mutating func finish(_ mail: MailCollector) -> Step {
        let recipients = transaction?.recipients ?? []
        let envelope = Envelope(
            mailFrom: transaction?.from ?? "",
            recipients: recipients,
            peer: peer
        )
        endTransaction()
        countMail()
        if let fault = mail.fault {
            phase = .command
            let refusal = fault == .tooLarge ? SMTPReply.messageTooLarge : .bareLineEnd
            answerMail(recipients.map { _ in refusal })
            return .again
        }
        phase = .delivering(recipients)
        return .act(.deliver(envelope, data: mail.content))
    }

    /// The chunk is complete.
    mutating func finish(_ chunk: Chunk) -> Step {
        if let refusal = chunk.refusal {
            reply(refusal)
            return .again
        }
        if chunk.isLast {
            chunks?.finish()
        }
        guard let mail = chunks?.mail else { return .again }
        if chunk.isLast {
            return finish(mail)
        }
        switch mail.fault {
        case nil:
            reply(.chunkTaken(chunk.size))
        case .tooLarge:
            endTransaction()
            reply(.messageTooLarge)
        case .bareLineEnd:
            endTransaction()
            reply(.bareLineEnd)
        }
        return .again
    }

    private var peer: MailPeer {
        let name = configuration.dialect == .lmtp ? "LMTP" : isExtended ? "ESMTP" : "SMTP"
        return MailPeer(
            transport: isExtended && isEncrypted ? name + "S" : name,
            name: helloName ?? "",
            address: configuration.peer,
            isRelay: configuration.isRelay
        )
    }
}
