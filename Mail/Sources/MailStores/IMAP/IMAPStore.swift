import Foundation
package import SMTP

/// A folder of an IMAP server: RFC 3501, with UIDPLUS (RFC 4315) and MOVE (RFC 6851) where there.
package final class IMAPStore: MailStore {
    private let wire: IMAPConnection
    private let address: StoreAddress
    private let limits: StoreLimits
    private var capabilities: Set<String> = []
    private var validity: UInt32 = 0
    /// Marked as deleted by us, not yet gone.
    private var deleted: [UInt32] = []

    private init(_ wire: IMAPConnection, _ address: StoreAddress, _ limits: StoreLimits) {
        self.wire = wire
        self.address = address
        self.limits = limits
    }

    /// Goes through greeting, TLS, login and the choice of the folder.
    package static func open(
        _ address: StoreAddress,
        _ server: ServerURL,
        over transport: any Transport,
        limits: StoreLimits = StoreLimits()
    ) async throws(MailStoreError) -> IMAPStore {
        let wire = IMAPConnection(transport, literalBytes: limits.messageBytes + 1)
        let store = IMAPStore(wire, address, limits)
        do {
            try await store.logIn(to: server)
            try await store.select()
            return store
        } catch {
            await transport.close()
            throw error
        }
    }

    private func logIn(to server: ServerURL) async throws(MailStoreError) {
        try await wire.greeting()
        try await askCapabilities()
        if server.tls == .required || server.tls == .opportunistic {
            try await secure(server)
        }
        guard let credentials = server.credentials else {
            throw MailStoreError(.login, "no user is named")
        }
        if capabilities.contains("AUTH=PLAIN") {
            let secret = "\0\(credentials.user)\0\(credentials.password)"
            try await wire.authenticate(plain: Data(secret.utf8).base64EncodedString())
        } else {
            guard !capabilities.contains("LOGINDISABLED") else {
                throw MailStoreError(.login, "the server takes no passwords on this connection")
            }
            let user = try Self.quoted(credentials.user)
            let password = try Self.quoted(credentials.password)
            let answer = try await wire.command("LOGIN \(user) \(password)")
            guard answer.isOK else {
                throw MailStoreError(.login, "the server does not let us in: \(answer.text)")
            }
        }
        try await askCapabilities()
    }

    private func secure(_ server: ServerURL) async throws(MailStoreError) {
        guard capabilities.contains("STARTTLS"), try await wire.command("STARTTLS").isOK else {
            guard server.tls == .opportunistic else {
                throw MailStoreError(.tls, "the server offers no STARTTLS")
            }
            return
        }
        try await wire.startTLS()
        try await askCapabilities()
    }

    private func askCapabilities() async throws(MailStoreError) {
        capabilities = []
        for response in try await checked("CAPABILITY") {
            if case .capabilities(let names) = response { capabilities.formUnion(names) }
        }
    }

    private func select() async throws(MailStoreError) {
        let answer = try await wire.command("SELECT \(try Self.quoted(address.folder))")
        guard answer.isOK else {
            throw MailStoreError(
                .refused,
                "the folder \(address.folder) cannot be opened: \(answer.text)"
            )
        }
        guard !answer.text.uppercased().contains("[READ-ONLY]") else {
            throw MailStoreError(.refused, "the folder \(address.folder) is read-only")
        }
        for case .untagged(_, let text) in answer.responses {
            let words = text.uppercased().split { " []".contains($0) }
            if words.first == "UIDVALIDITY", words.count > 1, let number = UInt32(words[1]) {
                validity = number
            }
        }
        guard validity > 0 else {
            throw MailStoreError(.unsupported, "the server gives mails no lasting numbers")
        }
    }

    package func list() async throws(MailStoreError) -> [StoredMail] {
        let which = address.aftermath == .markSeen ? "UNSEEN UNDELETED" : "UNDELETED"
        var numbers: Set<UInt32> = []
        for response in try await checked("UID SEARCH \(which)") {
            if case .search(let found) = response { numbers.formUnion(found) }
        }
        return numbers.sorted().prefix(limits.listedMails).map { number in
            StoredMail(uid: "\(validity).\(number)", size: nil, number: Int(number))
        }
    }

    /// Asks for one octet more than may be, so that the server need not be believed about sizes.
    package func fetch(_ mail: StoredMail) async throws(MailStoreError) -> [UInt8] {
        let ask = "UID FETCH \(mail.number) (BODY.PEEK[]<0.\(limits.messageBytes + 1)>)"
        for case .fetch(let attributes) in try await checked(ask) {
            guard attributes["UID"].map({ $0 == Array("\(mail.number)".utf8) }) ?? true,
                let body = attributes["BODY[]<0>"] ?? attributes["BODY[]"]
            else { continue }
            guard body.count <= limits.messageBytes else {
                throw MailStoreError(
                    .tooLarge,
                    "the mail is larger than \(limits.messageBytes) octets"
                )
            }
            return body
        }
        throw MailStoreError(.refused, "the server does not give the mail")
    }

    package func settle(_ mail: StoredMail) async throws(MailStoreError) {
        switch address.aftermath {
        case .keep: return
        case .markSeen: _ = try await checked("UID STORE \(mail.number) +FLAGS.SILENT (\\Seen)")
        case .delete: try await delete(mail)
        case .move(let folder):
            let name = try Self.quoted(folder)
            let isAtomic = capabilities.contains("MOVE")
            let command = "UID \(isAtomic ? "MOVE" : "COPY") \(mail.number) \(name)"
            var answer = try await wire.command(command)
            if !answer.isOK, answer.text.uppercased().contains("[TRYCREATE]") {
                _ = try await checked("CREATE \(name)")
                answer = try await wire.command(command)
            }
            guard answer.isOK else {
                throw MailStoreError(.refused, "the mail cannot be moved: \(answer.text)")
            }
            if !isAtomic { try await delete(mail) }
        }
    }

    private func delete(_ mail: StoredMail) async throws(MailStoreError) {
        _ = try await checked("UID STORE \(mail.number) +FLAGS.SILENT (\\Deleted)")
        deleted.append(UInt32(mail.number))
    }

    package func close() async throws(MailStoreError) {
        do {
            try await expunge()
            // Whatever is said to that: all is done.
            _ = try await wire.command("LOGOUT")
        } catch {
            await wire.close()
            throw error
        }
        await wire.close()
    }

    /// Of ours alone, where the server can tell them from those that others marked.
    private func expunge() async throws(MailStoreError) {
        guard !deleted.isEmpty else { return }
        guard capabilities.contains("UIDPLUS") else {
            _ = try await checked("EXPUNGE")
            return
        }
        for start in stride(from: 0, to: deleted.count, by: 500) {
            let set = deleted[start...].prefix(500).map(String.init).joined(separator: ",")
            _ = try await checked("UID EXPUNGE \(set)")
        }
    }

    package func abandon() async { await wire.close() }

    /// Asks the server to tell of mail as it comes in (IDLE, RFC 2177). Nothing but ``nextMail()`` and
    /// ``abandon()`` may follow.
    ///
    /// - Throws: `.unsupported` where it does not do that.
    package func beginWatching() async throws(MailStoreError) {
        guard capabilities.contains("IDLE") else {
            throw MailStoreError(.unsupported, "the server does not tell of mail by itself")
        }
        try await wire.beginIdling()
    }

    /// Returns when more mail is there.
    package func nextMail() async throws(MailStoreError) {
        while true {
            switch try await wire.news() {
            case .exists: return
            case .untagged(.bye, let text):
                throw MailStoreError(.connection, "the server says goodbye: \(text)")
            case .tagged:
                throw MailStoreError(.malformed, "the server answers what nobody asked")
            default: continue
            }
        }
    }

    /// Runs a command that has to succeed.
    private func checked(_ command: String) async throws(MailStoreError) -> [IMAPResponse] {
        let answer = try await wire.command(command)
        guard answer.isOK else {
            let verb = command.split(separator: " ").first { $0 != "UID" } ?? ""
            throw MailStoreError(.refused, "the server refuses \(verb): \(answer.text)")
        }
        return answer.responses
    }

    private static func quoted(_ text: String) throws(MailStoreError) -> String {
        guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            throw MailStoreError(.login, "a user, password or folder beyond ASCII cannot be sent")
        }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
