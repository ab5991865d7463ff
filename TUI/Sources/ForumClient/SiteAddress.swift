/// Where a site is: scheme, host, port and the folder it lives in, if any.
package struct SiteAddress: Sendable, Hashable {
    /// `https` or `http`.
    package let scheme: String
    /// In lower case; an IPv6 address has its brackets.
    package let host: String
    /// nil for the scheme's own port.
    package let port: Int?
    /// Empty, or `/folder` without a slash at its end.
    package let folder: String

    /// Reads what people type: `meta.example.org`, `http://localhost:4600/`,
    /// `https://example.org/forum/`. Without a scheme it is https, on this machine http.
    /// Names and passwords in the address are refused: they would end up in logs.
    package init(_ text: String) throws(ClientError) {
        var rest = text.drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        var scheme: String?
        if let separator = rest.range(of: "://") {
            scheme = rest[..<separator.lowerBound].lowercased()
            rest = rest[separator.upperBound...]
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        var folder = rest[authority.endIndex...]
        while folder.last == "/" { folder.removeLast() }
        let (host, port) = try SiteAddress.hostAndPort(authority)
        let fallback = SiteAddress.isThisMachine(host) ? "http" : "https"
        self.scheme = scheme ?? fallback
        guard self.scheme == "https" || self.scheme == "http" else {
            throw .invalid(messages: ["An address begins with https:// or http://."])
        }
        guard folder.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else {
            throw .invalid(messages: ["“\(text)” is not the address of a site."])
        }
        self.host = host
        self.port = port == (self.scheme == "https" ? 443 : 80) ? nil : port
        self.folder = String(folder)
    }

    private static func hostAndPort(
        _ authority: Substring
    ) throws(ClientError) -> (host: String, port: Int?) {
        guard !authority.contains("@") else {
            throw .invalid(messages: ["Leave name and password out of the address."])
        }
        var host = authority.lowercased()
        var port: Int?
        let colon = authority.lastIndex(of: ":")
        if let colon, !authority[colon...].contains("]") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = Int(digits), 1...65_535 ~= number else {
                throw .invalid(messages: ["“\(digits)” is not a port."])
            }
            port = number
            host = authority[..<colon].lowercased()
        }
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        let allowed = host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            case 0x3A, 0x5B, 0x5D: isLiteral
            default: false
            }
        }
        guard !host.isEmpty, allowed else {
            throw .invalid(messages: ["“\(authority)” is not the name of a host."])
        }
        return (host, port)
    }

    private static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
            || host == "[::1]"
    }

    /// `https://example.org/forum`, without a slash at the end.
    package var text: String {
        "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(folder)"
    }

    /// The whole address of a path on this site.
    package func url(_ path: String) -> String { text + path }

    /// Where `location` leads: a path of this site, or nil when it is another host or goes from
    /// https to http.
    package func path(of location: String) -> String? {
        if location.hasPrefix("/"), !location.hasPrefix("//") {
            return folder.isEmpty || !location.hasPrefix("\(folder)/")
                ? location : String(location.dropFirst(folder.count))
        }
        let absolute = location.hasPrefix("//") ? "\(scheme):\(location)" : location
        guard let separator = absolute.range(of: "://") else { return nil }
        let rest = absolute[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let origin = absolute[..<separator.upperBound] + authority
        guard let target = SiteAddress.origin(String(origin)) else { return nil }
        guard target.host == host, target.scheme == scheme, target.port == port else { return nil }
        let path = rest[authority.endIndex...]
        let whole = path.hasPrefix("/") ? String(path) : "/\(path)"
        return folder.isEmpty || !whole.hasPrefix("\(folder)/")
            ? whole : String(whole.dropFirst(folder.count))
    }

    private static func origin(_ text: String) -> SiteAddress? {
        do {
            return try SiteAddress(text)
        } catch {
            // Not an address: it leads nowhere.
            return nil
        }
    }
}

extension SiteAddress: CustomStringConvertible {
    package var description: String { text }
}

extension StringProtocol {
    /// Where `text` first stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
