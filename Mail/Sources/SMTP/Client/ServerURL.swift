import Foundation

/// A server of mail and how it is talked to: `smtp://user:password@host:port?tls=required` or
/// `smtps://…`. User and password are percent-encoded.
package struct ServerURL: Sendable, Hashable {
    /// The protocols, by the scheme that a URL of them begins with.
    package enum Service: String, Sendable, Hashable, CaseIterable {
        case smtp
        case pop3
        case imap

        /// The scheme of the protocol inside TLS from the first octet.
        var encryptedScheme: String { rawValue + "s" }

        fileprivate var port: Int {
            switch self {
            case .smtp: 25
            case .pop3: 110
            case .imap: 143
            }
        }

        fileprivate var encryptedPort: Int {
            switch self {
            case .smtp: 465
            case .pop3: 995
            case .imap: 993
            }
        }
    }

    /// When the connection is encrypted.
    package enum TLS: String, Sendable, Hashable {
        /// From the first octet (`smtps`, RFC 8314 §3.3).
        case implicit
        /// By STARTTLS, or not at all.
        case required
        /// By STARTTLS when the server offers it. What offers it must also pass verification.
        case opportunistic
        /// Never.
        case none
    }

    /// How the server proves who it is.
    package enum Verification: String, Sendable, Hashable {
        /// A certificate of a trusted authority for the server's name.
        case full
        /// Not at all. For servers on this machine.
        case none
    }

    /// What AUTH sends.
    package struct Credentials: Sendable, Hashable {
        package var user: String
        package var password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    package var service: Service
    /// A name or an address, without the brackets of IPv6.
    package var host: String
    package var port: Int
    package var tls: TLS
    package var verification: Verification
    /// A file of authorities in PEM to trust instead of the system's.
    package var authorities: String?
    package var credentials: Credentials?

    /// The server is this machine: the password cannot be read on the way.
    package var isLoopback: Bool { Self.isLoopback(host) }

    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        let isAddress = name.hasPrefix("127.") && SocketHost.isIPv4(name)
        return name == "localhost" || name == "::1" || isAddress
    }
}

/// Why a text is no ``ServerURL``. Never holds the password.
package enum ServerURLError: Error, Hashable, CustomStringConvertible {
    case scheme([ServerURL.Service])
    case host
    case port
    /// Something stands behind the port that is no query.
    case path
    /// A `%` without two hexadecimal digits, or octets that are no UTF-8.
    case percentEncoding
    /// A password without a user, or a NUL in either.
    case credentials
    case parameter(String)
    /// `verify=none` for a server on another machine.
    case unverifiedRemoteServer

    package var description: String {
        switch self {
        case .scheme(let services):
            "the URL has to start with "
                + services.flatMap { ["\($0.rawValue)://", "\($0.encryptedScheme)://"] }
                .joined(separator: ", ")
        case .host: "the URL names no host"
        case .port: "the port of the URL is not a number from 1 to 65535"
        case .path: "the URL has a path; only host, port and ?options are allowed"
        case .percentEncoding: "the user or the password has a % that encodes nothing"
        case .credentials: "the URL has a password without a user, or a NUL"
        case .parameter(let name):
            "the URL has an unknown option or value: ‘\(name)’ (tls=none|opportunistic|"
                + "required, verify=full|none, ca=FILE)"
        case .unverifiedRemoteServer: "verify=none is allowed for a server on this machine only"
        }
    }
}

extension ServerURL {
    /// Reads a URL. Without `tls=`, a server elsewhere needs STARTTLS and one on this machine gets
    /// plain text; `starttls` means `required`. Ports are those of the service.
    ///
    /// - Parameter option: Is given what is no option of every server, decoded; false refuses it.
    package static func parse(
        _ text: String,
        for services: [Service] = [.smtp],
        option: (_ name: String, _ value: String) -> Bool = { _, _ in false }
    ) throws(ServerURLError) -> ServerURL {
        guard let separator = text.range(of: "://") else { throw .scheme(services) }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard
            let service = services.first(where: {
                scheme == $0.rawValue || scheme == $0.encryptedScheme
            })
        else { throw .scheme(services) }
        let isImplicit = scheme == service.encryptedScheme
        let parts = text[separator.upperBound...].split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        var authority = parts.first ?? ""
        if authority.hasSuffix("/") {
            authority.removeLast()
        }
        guard !authority.contains(where: { "/# \t\r\n\0".contains($0) }) else { throw .path }
        let at = authority.lastIndex(of: "@")
        let location = at.map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = try hostAndPort(location)
        var server = ServerURL(
            service: service,
            host: host,
            port: port ?? (isImplicit ? service.encryptedPort : service.port),
            tls: isImplicit ? .implicit : isLoopback(host) ? .none : .required,
            verification: .full,
            authorities: nil,
            credentials: try at.map { at throws(ServerURLError) in
                try credentials(authority[..<at])
            }
        )
        if parts.count == 2 {
            try server.readOptions(parts[1], option)
        }
        guard server.verification == .full || server.isLoopback else {
            throw .unverifiedRemoteServer
        }
        return server
    }

    private static func hostAndPort(
        _ text: Substring
    ) throws(ServerURLError) -> (String, Int?) {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .host }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .host }
            port = rest.isEmpty ? nil : rest.dropFirst()
            guard SocketHost.isIPv6(String(host)) else { throw .host }
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty, host.utf8.count <= 255 else { throw .host }
        guard let port else { return (String(host), nil) }
        guard let number = Command.number(port.utf8), (1...65_535).contains(number) else {
            throw .port
        }
        return (String(host), number)
    }

    private static func credentials(_ text: Substring) throws(ServerURLError) -> Credentials {
        let colon = text.firstIndex(of: ":")
        let user = try decoded(colon.map { text[..<$0] } ?? text)
        let password = try decoded(colon.map { text[text.index(after: $0)...] } ?? "")
        guard !user.isEmpty, !user.utf8.contains(0), !password.utf8.contains(0) else {
            throw .credentials
        }
        return Credentials(user: user, password: password)
    }

    private mutating func readOptions(
        _ query: Substring,
        _ further: (String, String) -> Bool
    ) throws(ServerURLError) {
        for option in query.split(separator: "&") {
            let words = option.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let value = try Self.decoded(words.count == 2 ? words[1] : "")
            switch (words[0].lowercased(), value.lowercased()) {
            case ("tls", "none") where tls != .implicit: tls = .none
            case ("tls", "opportunistic") where tls != .implicit: tls = .opportunistic
            case ("tls", "required"), ("tls", "starttls"):
                tls = tls == .implicit ? .implicit : .required
            case ("verify", "full"): verification = .full
            case ("verify", "none"): verification = .none
            case ("ca", _) where !value.isEmpty: authorities = value
            default:
                guard further(words[0].lowercased(), value) else {
                    throw .parameter(String(option))
                }
            }
        }
    }

    private static func decoded(_ text: Substring) throws(ServerURLError) -> String {
        guard let plain = String(text).removingPercentEncoding else { throw .percentEncoding }
        return plain
    }
}

extension ServerURL: CustomStringConvertible, CustomDebugStringConvertible {
    /// Without the password, for logs.
    package var description: String {
        let scheme = tls == .implicit ? service.encryptedScheme : service.rawValue
        let user = credentials.map { "\($0.user):***@" } ?? ""
        let name = host.contains(":") ? "[\(host)]" : host
        let option = tls == .implicit ? "" : "?tls=\(tls.rawValue)"
        return "\(scheme)://\(user)\(name):\(port)\(option)"
    }

    package var debugDescription: String { description }
}

extension ServerURL.Credentials: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "\(user):***" }
    package var debugDescription: String { description }
}

/// Tells addresses from names.
enum SocketHost {
    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }
}
