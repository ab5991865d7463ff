import Foundation

/// Gathers a mail from its octets, and stops keeping them as soon as nobody may have the mail.
struct MailCollector: Equatable {
    /// Why a mail is read to its end and then refused.
    enum Fault: Equatable {
        case tooLarge
        /// A CR without LF or an LF without CR: where such a mail ends depends on who reads it,
        /// which is what SMTP smuggling lives on.
        case bareLineEnd
    }

    let limit: Int
    private(set) var fault: Fault?
    private(set) var content: [UInt8] = []
    /// Octets that were read and thrown away.
    private(set) var discarded = 0

    init(limit: Int, expected: Int = 0) {
        self.limit = limit
        // The size is the peer's word; it may save growing, it may not make us allocate at will.
        content.reserveCapacity(min(expected, limit, 1_048_576))
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard fault == nil else {
            discarded += bytes.count
            return
        }
        guard bytes.count <= limit - content.count else {
            discarded += bytes.count
            fail(.tooLarge)
            return
        }
        content.append(contentsOf: bytes)
    }

    /// The first fault is the one that is told.
    mutating func fail(_ fault: Fault) {
        guard self.fault == nil else { return }
        self.fault = fault
        discarded += content.count
        content = []
    }
}

/// Reads the octets after DATA up to CRLF `.` CRLF and takes the stuffed dots out
/// (RFC 5321 §4.5.2). Nothing else ends a mail: not LF `.` LF, not CR `.` CR, no mixture.
struct DataReader: Equatable {
    private enum State: Equatable {
        /// Behind a CRLF, or at the very start.
        case lineStart
        case text
        case carriageReturn
        /// Behind a dot that stands first in its line.
        case dot
        case dotCarriageReturn
        case end
    }

    private(set) var mail: MailCollector
    private var state = State.lineStart

    init(mail: MailCollector) {
        self.mail = mail
    }

    var isAtEnd: Bool { state == .end }

    /// Reads until the mail ends or the octets do.
    ///
    /// - Returns: how many octets belong to the mail.
    mutating func read(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex
        while index < bytes.endIndex, state != .end {
            if state == .text {
                let end = Self.lineEnd(in: bytes[index...])
                mail.append(bytes[index..<end])
                index = end
                guard index < bytes.endIndex else { break }
            }
            step(bytes[index], bytes[index..<(index + 1)])
            index += 1
        }
        return index - bytes.startIndex
    }

    /// Where the first CR or LF stands, or the end.
    private static func lineEnd(in bytes: ArraySlice<UInt8>) -> Int {
        let count = bytes.withUnsafeBytes { buffer in
            let toLineFeed = buffer.prefix(upTo: Octet.lineFeed)
            return UnsafeRawBufferPointer(rebasing: buffer[..<toLineFeed])
                .prefix(upTo: Octet.carriageReturn)
        }
        return bytes.startIndex + count
    }

    private static let lineEnd: ArraySlice<UInt8> = [Octet.carriageReturn, Octet.lineFeed]

    private mutating func step(_ octet: UInt8, _ slice: ArraySlice<UInt8>) {
        switch (state, octet) {
        case (.carriageReturn, Octet.lineFeed):
            mail.append(Self.lineEnd)
            state = .lineStart
        case (.dotCarriageReturn, Octet.lineFeed):
            state = .end
        case (.dot, Octet.carriageReturn):
            state = .dotCarriageReturn
        case (.carriageReturn, _), (.dotCarriageReturn, _), (_, Octet.lineFeed):
            mail.fail(.bareLineEnd)
            mail.append(slice)
            state = octet == Octet.carriageReturn ? .carriageReturn : .text
        case (_, Octet.carriageReturn):
            state = .carriageReturn
        case (.lineStart, Octet.dot):
            state = .dot
        default:
            mail.append(slice)
            state = .text
        }
    }
}

/// Reads the chunks of BDAT, whose length is told: no dots, but the same rule for line ends,
/// because BINARYMIME is not offered and a mail is lines (RFC 3030 §2).
struct ChunkReader: Equatable {
    private(set) var mail: MailCollector
    private var isBehindCarriageReturn = false

    init(mail: MailCollector) {
        self.mail = mail
    }

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        for octet in bytes {
            guard (octet == Octet.lineFeed) == isBehindCarriageReturn else {
                mail.fail(.bareLineEnd)
                break
            }
            isBehindCarriageReturn = octet == Octet.carriageReturn
        }
        mail.append(bytes)
    }

    /// Refuses a chunk before its octets come.
    mutating func expect(_ size: Int) {
        if size > mail.limit - mail.content.count {
            mail.fail(.tooLarge)
        }
    }

    mutating func finish() {
        if isBehindCarriageReturn {
            mail.fail(.bareLineEnd)
        }
    }
}

extension UnsafeRawBufferPointer {
    /// How many octets stand before the first of this value.
    func prefix(upTo octet: UInt8) -> Int {
        guard let start = baseAddress, let found = memchr(start, Int32(octet), count) else {
            return count
        }
        return UnsafeRawPointer(found) - start
    }
}
