/// A connection to a server, as far as the protocols need one.
package protocol Transport: AnyObject {
    func send(_ bytes: [UInt8]) async throws(MailStoreError)

    /// The next octets, as many as there are.
    ///
    /// - Throws: when the server has ended the connection, or is too slow.
    func receive() async throws(MailStoreError) -> [UInt8]

    /// Encrypts what follows.
    func startTLS() async throws(MailStoreError)

    func close() async
}

/// What a server has sent, taken piece by piece, of whatever cut.
struct LineInput {
    private var bytes: [UInt8] = []
    private var position = 0

    /// Octets have come that nobody has taken.
    var hasPending: Bool { position < bytes.count }

    mutating func receive(_ more: [UInt8]) {
        if position > 0 {
            bytes.removeSubrange(..<position)
            position = 0
        }
        bytes += more
    }

    /// The next line, without its CRLF or LF; nil when more octets are needed.
    mutating func line() throws(MailStoreError) -> [UInt8]? {
        guard let end = bytes[position...].firstIndex(of: 0x0A) else {
            guard bytes.count - position <= StoreLimits.lineBytes else { throw Self.endless }
            return nil
        }
        var line = bytes[position..<end]
        position = end + 1
        if line.last == 0x0D { line.removeLast() }
        guard line.count <= StoreLimits.lineBytes else { throw Self.endless }
        return Array(line)
    }

    /// At most `count` octets, as many as there are.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let piece = bytes[position...].prefix(count)
        position = piece.endIndex
        return piece
    }

    private static let endless = MailStoreError(.malformed, "the server sends a line without end")
}

extension LineInput {
    /// The next line, waited for.
    mutating func line(from transport: any Transport) async throws(MailStoreError) -> [UInt8] {
        while true {
            if let line = try line() { return line }
            receive(try await transport.receive())
        }
    }

    /// Exactly `count` octets, waited for.
    mutating func octets(
        _ count: Int,
        from transport: any Transport
    ) async throws(MailStoreError) -> [UInt8] {
        var taken = Array(take(count))
        while taken.count < count {
            receive(try await transport.receive())
            taken += take(count - taken.count)
        }
        return taken
    }

    /// What came in plain text behind the answer to STARTTLS may be anybody's (RFC 3207 §5).
    func refusePending() throws(MailStoreError) {
        guard !hasPending else {
            throw MailStoreError(.tls, "the server, or somebody on the way, talks before TLS is on")
        }
    }
}

extension [UInt8] {
    /// A text of a server for people: one line, bounded, without control characters.
    var shown: String {
        String(decoding: prefix(StoreLimits.keptText), as: UTF8.self).unicodeScalars.reduce(
            into: ""
        ) { text, scalar in
            let isControl = scalar.properties.generalCategory == .control
            text.unicodeScalars.append(isControl ? " " : scalar)
        }
    }
}
