package import SMTP

/// A maildrop, by RFC 1939 with STLS (RFC 2595) and UIDL.
package final class POP3Store: MailStore {
    private let transport: any Transport
    private let server: ServerURL
    private let limits: StoreLimits
    private let deletes: Bool
    private var input = LineInput()

    private init(
        _ transport: any Transport,
        _ address: StoreAddress,
        _ server: ServerURL,
        _ limits: StoreLimits
    ) {
        self.transport = transport
        self.server = server
        self.limits = limits
        deletes = address.aftermath == .delete
    }

    /// Goes through greeting, TLS and login.
    package static func open(
        _ address: StoreAddress,
        _ server: ServerURL,
        over transport: any Transport,
        limits: StoreLimits = StoreLimits()
    ) async throws(MailStoreError) -> POP3Store {
        let store = POP3Store(transport, address, server, limits)
        do {
            try await store.logIn()
            return store
        } catch {
            await transport.close()
            throw error
        }
    }

    private func logIn() async throws(MailStoreError) {
        guard let credentials = server.credentials else {
            throw MailStoreError(.login, "no user is named")
        }
        guard try await status().isPositive else {
            throw MailStoreError(.connection, "the server turns us away")
        }
        try await secure()
        for (command, value) in [("USER", credentials.user), ("PASS", credentials.password)] {
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw MailStoreError(.login, "POP3 cannot carry this user or password")
            }
            let answer = try await ask("\(command) \(value)")
            guard answer.isPositive else {
                throw MailStoreError(.login, "the server does not let us in: \(answer.text)")
            }
        }
    }

    private func secure() async throws(MailStoreError) {
        guard server.tls == .required || server.tls == .opportunistic else { return }
        guard try await ask("STLS").isPositive else {
            guard server.tls == .opportunistic else {
                throw MailStoreError(.tls, "the server offers no STLS")
            }
            return
        }
        try input.refusePending()
        try await transport.startTLS()
    }

    package func list() async throws(MailStoreError) -> [StoredMail] {
        let sizes = Dictionary(
            try await listing("LIST").map { ($0.number, Int($0.value)) },
            uniquingKeysWith: { first, _ in first }
        )
        let mails = try await listing("UIDL").map { entry in
            StoredMail(uid: entry.value, size: sizes[entry.number] ?? nil, number: entry.number)
        }
        // What stays would hide what comes: there the newest count.
        return Array(
            deletes ? mails.prefix(limits.listedMails) : mails.suffix(limits.listedMails)
        )
    }

    package func fetch(_ mail: StoredMail) async throws(MailStoreError) -> [UInt8] {
        let answer = try await ask("RETR \(mail.number)")
        guard answer.isPositive else {
            throw MailStoreError(.refused, "the server does not give the mail: \(answer.text)")
        }
        return try await lines(limit: limits.messageBytes)
    }

    package func settle(_ mail: StoredMail) async throws(MailStoreError) {
        guard deletes else { return }
        let answer = try await ask("DELE \(mail.number)")
        guard answer.isPositive else {
            throw MailStoreError(.refused, "the server does not delete the mail: \(answer.text)")
        }
    }

    /// Only QUIT deletes (RFC 1939 §6).
    package func close() async throws(MailStoreError) {
        let answer: POP3Status
        do {
            answer = try await ask("QUIT")
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
        guard answer.isPositive || !deletes else {
            throw MailStoreError(.refused, "the server has not deleted all: \(answer.text)")
        }
    }

    package func abandon() async { await transport.close() }

    // MARK: Answers

    private func ask(_ command: String) async throws(MailStoreError) -> POP3Status {
        try await transport.send(Array("\(command)\r\n".utf8))
        return try await status()
    }

    private func status() async throws(MailStoreError) -> POP3Status {
        try POP3Status(try await input.line(from: transport))
    }

    /// `number value` a line.
    private func listing(
        _ command: String
    ) async throws(MailStoreError) -> [(number: Int, value: String)] {
        let answer = try await ask(command)
        guard answer.isPositive else {
            throw MailStoreError(.unsupported, "the server knows no \(command): \(answer.text)")
        }
        var entries: [(Int, String)] = []
        for line in try await lines(limit: StoreLimits.listingBytes).split(separator: 0x0A) {
            let words = line.split { $0 == 0x20 || $0 == 0x0D }
            // UIDs are at most 70 printable characters (RFC 1939 §7).
            guard words.count >= 2, let number = Int(String(decoding: words[0], as: UTF8.self)),
                number > 0, words[1].count <= 200, words[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { throw MailStoreError(.malformed, "the answer to \(command) makes no sense") }
            entries.append((number, String(decoding: words[1], as: UTF8.self)))
        }
        return entries
    }

    /// What follows a positive answer of several lines, up to the dot, without stuffed dots.
    private func lines(limit: Int) async throws(MailStoreError) -> [UInt8] {
        var text: [UInt8] = []
        while true {
            var line = try await input.line(from: transport)[...]
            if line.first == UInt8(ascii: ".") {
                line.removeFirst()
                if line.isEmpty { return text }
            }
            guard text.count + line.count + 2 <= limit else {
                throw MailStoreError(.malformed, "the server sends more than \(limit) octets")
            }
            text += line
            text += [0x0D, 0x0A]
        }
    }
}

/// `+OK` or `-ERR`, and what is said with it.
struct POP3Status: Equatable {
    let isPositive: Bool
    let text: String

    init(_ line: [UInt8]) throws(MailStoreError) {
        let word = line.prefix { $0 != 0x20 }
        switch String(decoding: word, as: UTF8.self).uppercased() {
        case "+OK": isPositive = true
        case "-ERR": isPositive = false
        default: throw MailStoreError(.malformed, "the server does not speak POP3")
        }
        text = Array(line.dropFirst(word.count + 1)).shown
    }
}
