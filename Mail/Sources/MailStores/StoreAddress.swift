import Foundation
package import SMTP

/// Where mail is collected and what becomes of it there:
/// `imaps://user:password@host?folder=INBOX&then=delete&every=300`, `pop3s://…`, `maildir:/path`.
package struct StoreAddress: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        case server(ServerURL)
        case maildir(String)
    }

    /// What becomes of a mail once it is taken.
    package enum Aftermath: Sendable, Hashable {
        case delete
        /// It stays, and is remembered. POP3 alone: nothing can be marked there.
        case keep
        /// IMAP's `\Seen`; in a Maildir, from `new` to `cur`.
        case markSeen
        /// To another folder of IMAP.
        case move(String)
    }

    package var place: Place
    /// IMAP's.
    package var folder = "INBOX"
    package var aftermath: Aftermath
    package var everySeconds: Int
    /// Whether a server is asked to tell of mail as it comes in. IMAP's.
    package var isWatched = false

    /// Without the password: for people, and as the name of the place.
    package var name: String {
        switch place {
        case .maildir(let path): "maildir:\(path)"
        case .server(let server):
            "\(server.place)\(server.service == .imap ? "/\(folder)" : "")"
        }
    }
}

/// Why a text is no ``StoreAddress``. Never holds the password.
package struct StoreAddressError: Error, Hashable, CustomStringConvertible {
    package let description: String
}

extension StoreAddress {
    private static let everySeconds = 1...86_400

    package static func parse(_ text: String) throws(StoreAddressError) -> StoreAddress {
        if let path = text.split(separator: "maildir:", maxSplits: 1).first,
            text.hasPrefix("maildir:")
        {
            return try maildir(path)
        }
        var options: [String: String] = [:]
        let server: ServerURL
        do {
            server = try ServerURL.parse(text, for: [.pop3, .imap]) { name, value in
                guard ["folder", "then", "every", "idle", "password-file"].contains(name),
                    !value.isEmpty, options[name] == nil
                else { return false }
                options[name] = value
                return true
            }
        } catch {
            throw StoreAddressError(description: error.description)
        }
        return try self.server(server, options)
    }

    private static func maildir(_ path: Substring) throws(StoreAddressError) -> StoreAddress {
        guard path.hasPrefix("/") else {
            throw StoreAddressError(description: "maildir: wants a path that begins with /")
        }
        return StoreAddress(place: .maildir(String(path)), aftermath: .markSeen, everySeconds: 5)
    }

    private static func server(
        _ server: ServerURL,
        _ options: [String: String]
    ) throws(StoreAddressError) -> StoreAddress {
        var server = server
        if let file = options["password-file"] {
            server.credentials?.password = try password(in: file)
        }
        guard let credentials = server.credentials, !credentials.password.isEmpty else {
            throw StoreAddressError(
                description: "a user and a password are needed, as user:password@ before the host"
            )
        }
        var address = StoreAddress(
            place: .server(server),
            aftermath: try aftermath(options["then"] ?? "delete", of: server),
            everySeconds: 300
        )
        address.isWatched = server.service == .imap
        if let idle = options["idle"] {
            guard server.service == .imap, ["yes", "no"].contains(idle) else {
                throw StoreAddressError(description: "idle= is yes or no, and IMAP's")
            }
            address.isWatched = idle == "yes"
        }
        if let every = options["every"] {
            guard let seconds = Int(every), everySeconds.contains(seconds) else {
                throw StoreAddressError(description: "every= is a number of seconds, 1 to 86400")
            }
            address.everySeconds = seconds
        }
        if let folder = options["folder"] {
            guard server.service == .imap, isFolder(folder) else {
                throw StoreAddressError(
                    description: "folder= is the name of a folder of IMAP, in ASCII"
                )
            }
            address.folder = folder
        }
        return address
    }

    private static func password(in file: String) throws(StoreAddressError) -> String {
        do {
            return try String(contentsOfFile: file, encoding: .utf8)
                .trimmingCharacters(in: .newlines)
        } catch {
            throw StoreAddressError(
                description: "the password file \(file) cannot be read: "
                    + error.localizedDescription
            )
        }
    }

    private static func aftermath(
        _ word: String,
        of server: ServerURL
    ) throws(StoreAddressError) -> Aftermath {
        switch (server.service, word) {
        case (_, "delete"): return .delete
        case (.pop3, "keep"): return .keep
        case (.imap, "seen"): return .markSeen
        case (.imap, _) where word.hasPrefix("move:") && isFolder(String(word.dropFirst(5))):
            return .move(String(word.dropFirst(5)))
        default:
            throw StoreAddressError(
                description: server.service == .imap
                    ? "then= is delete, seen or move:FOLDER" : "then= is delete or keep"
            )
        }
    }

    /// Names beyond ASCII are written as the server does (RFC 3501 §5.1.3), which is ASCII again.
    private static func isFolder(_ name: String) -> Bool {
        (1...500).contains(name.utf8.count) && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }
}

extension ServerURL {
    /// `imaps://user@host:993`.
    fileprivate var place: String {
        let user = credentials.map { "\($0.user)@" } ?? ""
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(service.rawValue)\(tls == .implicit ? "s" : "")://\(user)\(name):\(port)"
    }
}
