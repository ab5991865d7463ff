/// An address of HTTP that somebody named, read strictly: what two programs might read differently is
/// refused rather than guessed.
package struct EgressURL: Sendable, Hashable {
    package let isSecure: Bool
    /// In lower case, without a dot behind it; IPv6 without brackets.
    package let host: String
    package let port: Int
    /// The path with its query, beginning with a slash.
    package let target: String
    /// Set when the host is an address and no name.
    let literal: IPAddress?

    /// - Throws: `.malformed` with what is wrong with it.
    package init(_ text: String) throws(EgressError) {
        guard text.utf8.count <= EgressLimits.urlBytes else {
            throw .malformed("it is longer than \(EgressLimits.urlBytes) characters")
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else {
            throw .malformed(
                "it has to be of printable ASCII without spaces (write other letters as %XX)"
            )
        }
        let rest: Substring
        if let found = Self.remainder(of: text, after: "https://") {
            (isSecure, rest) = (true, found)
        } else if let found = Self.remainder(of: text, after: "http://") {
            (isSecure, rest) = (false, found)
        } else {
            throw .malformed("it has to begin with https:// or http://")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let target = rest[authority.endIndex...].prefix { $0 != "#" }
        self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
        guard !authority.contains("@") else {
            throw .malformed("it must not hold a name and password")
        }
        let (host, port) = try Self.parts(of: authority)
        self.port = port ?? (isSecure ? 443 : 80)
        literal = try Self.address(in: host)
        self.host = literal?.description ?? Self.name(host)
        guard literal != nil || Self.isName(self.host) else {
            throw .malformed("“\(host.prefix(80))” is no name of a host")
        }
    }

    /// As it is asked for: every part in its one form.
    package var text: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        let isUsual = port == (isSecure ? 443 : 80)
        return "\(isSecure ? "https" : "http")://\(shown)\(isUsual ? "" : ":\(port)")\(target)"
    }

    private static func remainder(of text: String, after scheme: String) -> Substring? {
        text.lowercased().hasPrefix(scheme) ? text.dropFirst(scheme.count) : nil
    }

    private static func parts(
        of authority: Substring
    ) throws(EgressError) -> (host: Substring, port: Int?) {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[...end]
            rest = authority[authority.index(after: end)...]
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
        }
        guard !rest.isEmpty else { return (host, nil) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy(\.isDigit), let port = Int(digits), (1...65_535).contains(port)
        else { throw .malformed("its port is no number from 1 to 65535") }
        return (host, port)
    }

    /// The address that a host is written as, if it is one.
    ///
    /// - Throws: for other notations of numbers (octal, hexadecimal, short ones), which programs read
    ///   as addresses too.
    private static func address(in host: Substring) throws(EgressError) -> IPAddress? {
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), let address = IPAddress(String(host.dropFirst().dropLast())),
                !address.isIPv4
            else { throw .malformed("“\(host.prefix(80))” is no address") }
            return address
        }
        if let address = IPAddress(String(host)) { return address }
        let last = name(host).split(separator: ".").last ?? ""
        let isNumber =
            !last.isEmpty
            && (last.utf8.allSatisfy(\.isDigit)
                || last.hasPrefix("0x") && last.dropFirst(2).utf8.allSatisfy(\.isHexDigit))
        guard !isNumber else {
            throw .malformed("“\(host.prefix(80))” is an address in an odd notation")
        }
        return nil
    }

    private static func name(_ host: Substring) -> String {
        (host.hasSuffix(".") ? host.dropLast() : host).lowercased()
    }

    private static func isName(_ host: String) -> Bool {
        host.utf8.count <= 253
            && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy {
                        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-")
                            || $0 == UInt8(ascii: "_")
                    }
            }
    }
}
