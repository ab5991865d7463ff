import Foundation

/// Where outgoing mail goes and how: `smtp://user:password@host:port?tls=required` or
/// `smtps://…`. User and password are percent-encoded.
package struct RelayURL: Sendable, Hashable {
    /// When the connection is encrypted.
    package enum TLS: String, Sendable, Hashable {
        /// From the first octet (`smtps`, RFC 8314 §3.3).
        case implicit
        /// By STARTTLS, or the mail stays here.
        case required
        /// By STARTTLS when the relay offers it. What offers it must also pass verification.
        case opportunistic
        /// Never.
        case none
    }

    /// How the relay proves who it is.
    package enum Verification: String, Sendable, Hashable {
        /// A certificate of a trusted authority for the relay's name.
        case full
        /// Not at all. For relays on this machine.
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

    /// A name or an address, without the brackets of IPv6.
    package var host: String
    package var port: Int
    package var tls: TLS
    package var verification: Verification
    /// A file of authorities in PEM to trust instead of the system's.
    package var authorities: String?
    package var credentials: Credentials?

    /// The relay is this machine: the password cannot be read on the way.
    package var isLoopback: Bool { Self.isLoopback(host) }

    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        let isAddress = name.hasPrefix("127.") && SocketHost.isIPv4(name)
        return name == "localhost" || name == "::1" || isAddress
    }
}

/// Why a text is no ``RelayURL``. Never holds the password.
package enum RelayURLError: Error, Hashable, CustomStringConvertible {
    case scheme
    case host
    case port
    /// Something stands behind the port that is no query.
    case path
    /// A `%` without two hexadecimal digits, or octets that are no UTF-8.
    case percentEncoding
    /// A password without a user, or a NUL in either.
    case credentials
    case parameter(String)
    /// `verify=none` for a relay on another machine.
    case unverifiedRemoteRelay

    package var description: String {
        switch self {
        case .scheme: "a relay URL starts with smtp:// or smtps://"
        case .host: "the relay URL names no host"
        case .port: "the port of the relay URL is not a number from 1 to 65535"
        case .path: "the relay URL has a path; only host, port and ?options are allowed"
        case .percentEncoding: "the user or the password has a % that encodes nothing"
        case .credentials: "the relay URL has a password without a user, or a NUL"
        case .parameter(let name):
            "the relay URL has an unknown option or value: ‘\(name)’ (tls=none|opportunistic|"
                + "required, verify=full|none, ca=FILE)"
        case .unverifiedRemoteRelay: "verify=none is allowed for a relay on this machine only"
        }
    }
}

extension RelayURL {
    /// Reads a URL. Without `tls=`, a relay elsewhere needs STARTTLS and one on this machine gets
    /// plain text; `starttls` means `required`. Ports are 25 and, for `smtps`, 465.
    package static func parse(_ text: String) throws(RelayURLError) -> RelayURL {
        guard let separator = text.range(of: "://") else { throw .scheme }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "smtp" || scheme == "smtps" else { throw .scheme }
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
        var relay = RelayURL(
            host: host,
            port: port ?? (scheme == "smtps" ? 465 : 25),
            tls: scheme == "smtps" ? .implicit : isLoopback(host) ? .none : .required,
            verification: .full,
            authorities: nil,
            credentials: try at.map { at throws(RelayURLError) in try credentials(authority[..<at])
            }
        )
        if parts.count == 2 {
            try relay.readOptions(parts[1])
        }
        guard relay.verification == .full || relay.isLoopback else {
            throw .unverifiedRemoteRelay
        }
        return relay
    }

    private static func hostAndPort(
        _ text: Substring
    ) throws(RelayURLError) -> (String, Int?) {
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

    private static func credentials(_ text: Substring) throws(RelayURLError) -> Credentials {
        let colon = text.firstIndex(of: ":")
        let user = try decoded(colon.map { text[..<$0] } ?? text)
        let password = try decoded(colon.map { text[text.index(after: $0)...] } ?? "")
        guard !user.isEmpty, !user.utf8.contains(0), !password.utf8.contains(0) else {
            throw .credentials
        }
        return Credentials(user: user, password: password)
    }

    private mutating func readOptions(_ query: Substring) throws(RelayURLError) {
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
            default: throw .parameter(String(option))
            }
        }
    }

    private static func decoded(_ text: Substring) throws(RelayURLError) -> String {
        guard let plain = String(text).removingPercentEncoding else { throw .percentEncoding }
        return plain
    }
}

extension RelayURL: CustomStringConvertible, CustomDebugStringConvertible {
    /// Without the password, for logs.
    package var description: String {
        let scheme = tls == .implicit ? "smtps" : "smtp"
        let user = credentials.map { "\($0.user):***@" } ?? ""
        let name = host.contains(":") ? "[\(host)]" : host
        let option = tls == .implicit ? "" : "?tls=\(tls.rawValue)"
        return "\(scheme)://\(user)\(name):\(port)\(option)"
    }

    package var debugDescription: String { description }
}

extension RelayURL.Credentials: CustomStringConvertible, CustomDebugStringConvertible {
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
