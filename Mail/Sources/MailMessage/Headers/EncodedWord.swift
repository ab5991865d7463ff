/// Encoded words in headers (RFC 2047, with the language tag of RFC 2231).
package enum EncodedWord {
    /// A header value as text. White space between two encoded words vanishes; neighbours of the same
    /// charset are joined as bytes first, so that a character split between them comes out whole. What
    /// is not encoded is read as UTF-8 (RFC 6532) or windows-1252.
    package static func decode(_ bytes: [UInt8]) -> String {
        guard bytes.contains(ASCII.equal) else { return plain(bytes[...]) }
        var text = ""
        var pending = Pending()
        var position = 0
        var index = 0
        while let start = bytes[index...].firstIndex(of: ASCII.equal) {
            guard let word = word(in: bytes, at: start) else {
                index = start + 1
                continue
            }
            let gap = bytes[position..<start]
            let joins = pending.isOpen && gap.allSatisfy(\.isWhitespace)
            if !joins {
                pending.flush(into: &text)
                text += plain(gap)
            }
            pending.add(word, to: &text)
            position = word.end
            index = word.end
        }
        pending.flush(into: &text)
        return text + plain(bytes[position...])
    }

    private struct Word {
        let charset: String
        let bytes: [UInt8]
        let end: Int
    }

    /// Encoded words of one charset that follow each other.
    private struct Pending {
        var charset = ""
        var bytes: [UInt8] = []
        var isOpen = false

        mutating func add(_ word: Word, to text: inout String) {
            if isOpen, charset != word.charset { flush(into: &text) }
            charset = word.charset
            bytes += word.bytes
            isOpen = true
        }

        mutating func flush(into text: inout String) {
            guard isOpen else { return }
            text += single(Charset.decode(bytes, label: charset).text)
            bytes = []
            isOpen = false
        }

        /// A decoded word may not bring line ends into a header.
        private func single(_ text: String) -> String {
            guard text.utf8.contains(where: { $0 < 32 }) else { return text }
            return String(decoding: text.utf8.map { $0 < 32 ? ASCII.space : $0 }, as: UTF8.self)
        }
    }

    /// The encoded word that begins at `start`, where an `=` stands.
    private static func word(in bytes: [UInt8], at start: Int) -> Word? {
        let limit = min(bytes.count, start + Limits.encodedWordBytes)
        guard start + 1 < limit, bytes[start + 1] == ASCII.question,
            let charsetEnd = bytes[(start + 2)..<limit].firstIndex(of: ASCII.question),
            charsetEnd > start + 2, charsetEnd + 2 < limit,
            bytes[charsetEnd + 2] == ASCII.question
        else { return nil }
        let name = bytes[(start + 2)..<charsetEnd]
        guard name.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        let encoding = bytes[charsetEnd + 1].lowercased
        guard encoding == 0x62 || encoding == 0x71,
            let end = endOfWord(in: bytes, from: charsetEnd + 3, limit: limit)
        else { return nil }
        let body = bytes[(charsetEnd + 3)..<end]
        let charset = name.prefix { $0 != 0x2A }
        return Word(
            charset: String(decoding: charset, as: UTF8.self).asciiLowercased,
            bytes: encoding == 0x62 ? Base64.decode(body) : quoted(body),
            end: end + 2
        )
    }

    private static func endOfWord(in bytes: [UInt8], from start: Int, limit: Int) -> Int? {
        var index = start
        while index + 1 < limit {
            if bytes[index] == ASCII.question, bytes[index + 1] == ASCII.equal { return index }
            index += 1
        }
        return nil
    }

    /// The Q encoding: `_` is a space, `=XX` a byte.
    private static func quoted(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = body.startIndex
        while index < body.endIndex {
            let byte = body[index]
            if byte == ASCII.equal, index + 2 < body.endIndex, let high = body[index + 1].hexValue,
                let low = body[index + 2].hexValue
            {
                output.append(high << 4 | low)
                index += 3
                continue
            }
            output.append(byte == ASCII.underscore ? ASCII.space : byte)
            index += 1
        }
        return output
    }

    /// Bytes outside encoded words. Control characters become spaces; NUL goes.
    static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        let clean =
            bytes.contains { $0 < 32 }
            ? bytes.filter { $0 != 0 }.map { $0 < 32 ? ASCII.space : $0 } : Array(bytes)
        return Charset.decode(clean, label: nil).text
    }
}
