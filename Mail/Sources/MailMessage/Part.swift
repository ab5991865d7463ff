/// One node of the MIME tree. It holds ranges; what it contains is decoded when it is asked for.
package struct Part: Sendable {
    /// Its place in `Message.parts`; 0 is the message itself.
    package let index: Int
    package let parent: Int?
    package internal(set) var children: [Int] = []
    /// Levels below the root.
    package let depth: Int
    package let headers: HeaderFields
    package let mediaType: MediaType
    package let encoding: TransferEncoding
    package let disposition: MediaType?
    /// The base name of the file, without any path; nil when none was given.
    package let filename: String?
    /// Content-ID without angle brackets.
    package let contentID: String?
    /// Where the body stands in `Message.sources[source]`.
    package let body: Range<Int>
    let source: Int
    /// Whether this is the root of a message: the whole mail, or one that is attached to it.
    package let isMessageRoot: Bool

    package var isMultipart: Bool { mediaType.type == "multipart" }

    /// Whether the part holds nothing but itself.
    package var isLeaf: Bool { children.isEmpty }

    var isAttachment: Bool { disposition?.type == "attachment" }

    /// `text/plain` or `text/html` that is not a file.
    func isBodyText(_ subtype: String) -> Bool {
        mediaType.type == "text" && mediaType.subtype == subtype && !isAttachment && filename == nil
    }
}

extension Message {
    /// The body of a part with its transfer encoding removed, at most `limit` bytes.
    package func decodedBody(of part: Part, limit: Int = .max) -> [UInt8] {
        sources[part.source].withUnsafeBufferPointer { bytes in
            part.encoding.decode(UnsafeBufferPointer(rebasing: bytes[part.body]), limit: limit)
        }
    }

    /// How many bytes `decodedBody` gives.
    package func decodedCount(of part: Part) -> Int {
        sources[part.source].withUnsafeBufferPointer { bytes in
            part.encoding.decodedCount(UnsafeBufferPointer(rebasing: bytes[part.body]))
        }
    }

    /// The text of a text part: transfer encoding and charset decoded, line ends LF, no NUL.
    package func text(of part: Part) -> String { decodedText(of: part).text }

    func decodedText(of part: Part) -> Charset.Decoded {
        let bytes = decodedBody(of: part, limit: limits.bodyBytes)
        let decoded = Charset.decode(
            bytes,
            label: part.mediaType["charset"],
            prefersUTF8: part.encoding == .eightBit || part.encoding == .binary
        )
        return Charset.Decoded(
            text: LineEnds.normalised(decoded.text),
            used: decoded.used,
            isKnown: decoded.isKnown,
            isWrong: decoded.isWrong
        )
    }
}

/// Line ends of text.
enum LineEnds {
    /// The lines of a text, whatever ends them.
    static func split(_ text: String) -> [Substring] {
        normalised(text).utf8.split(separator: ASCII.lf, omittingEmptySubsequences: false)
            .map { Substring($0) }
    }

    /// CRLF and lone CR as LF.
    static func normalised(_ text: String) -> String {
        guard text.utf8.contains(ASCII.cr) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            if byte == ASCII.cr {
                output.append(ASCII.lf)
            } else if byte != ASCII.lf || !afterReturn {
                output.append(byte)
            }
            afterReturn = byte == ASCII.cr
        }
        return String(decoding: output, as: UTF8.self)
    }
}
