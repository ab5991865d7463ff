#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Turns the bytes of a body or an encoded word into text.
package enum Charset {
    /// Text, and how it was found.
    package struct Decoded: Sendable, Hashable {
        package let text: String
        /// The encoding that was used, under iconv's name.
        package let used: String
        /// Whether the declared encoding is one that is known.
        package let isKnown: Bool
        /// Whether the bytes were not what the label said.
        package let isWrong: Bool
    }

    /// Decodes `bytes` by their label; by UTF-8 and then windows-1252 where the label is unknown or does
    /// not fit. Always gives text, without NUL.
    ///
    /// Bytes above 127 under the label us-ascii, or without a label, are read as UTF-8 when they are
    /// UTF-8: the label promised that there were none.
    package static func decode(
        _ bytes: [UInt8],
        label: String?,
        prefersUTF8: Bool = false
    ) -> Decoded {
        let isASCII = bytes.allSatisfy { $0 < 128 }
        let normal = label.map(normalise) ?? ""
        let name = normal.isEmpty ? "UTF-8" : CharsetLabels.names[normal]
        let stateful = name.map {
            $0.hasPrefix("UTF-") && $0 != "UTF-8" || $0.hasPrefix("ISO-2022")
        }
        if isASCII, stateful != true {
            let text = String(decoding: bytes, as: UTF8.self).withoutNUL
            return Decoded(text: text, used: "UTF-8", isKnown: name != nil, isWrong: false)
        }
        let promisedASCII = ["us-ascii", "ascii", "ansi_x3.4-1968", "us_ascii"].contains(normal)
        if promisedASCII || prefersUTF8, name == "CP1252", let text = utf8(bytes) {
            return Decoded(text: text, used: "UTF-8", isKnown: true, isWrong: true)
        }
        if let name, let text = decode(bytes, name: name) {
            return Decoded(text: text, used: name, isKnown: true, isWrong: promisedASCII)
        }
        if let text = utf8(bytes) {
            return Decoded(text: text, used: "UTF-8", isKnown: name != nil, isWrong: true)
        }
        let text = windows1252(bytes)
        return Decoded(text: text, used: "CP1252", isKnown: name != nil, isWrong: true)
    }

    /// Whether the label names an encoding that can be read.
    package static func isKnown(_ label: String) -> Bool {
        CharsetLabels.names[normalise(label)] != nil
    }

    private static func normalise(_ label: String) -> String {
        var bytes = label.utf8.filter { $0 > 32 && $0 != ASCII.quote && $0 != 0x27 && $0 < 127 }
        bytes = bytes.map(\.lowercased)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode(_ bytes: [UInt8], name: String) -> String? {
        switch name {
        case "UTF-8": utf8(bytes)
        case "CP1252": windows1252(bytes)
        case "UTF-7": utf7(bytes)
        case "UTF-16": iconv(withoutMark(bytes), from: utf16Name(bytes))
        case "UTF-16LE", "UTF-16BE": iconv(withoutMark(bytes), from: name)
        case "ISO-2022-JP-3": iconv(bytes, from: name) ?? iconv(bytes, from: "ISO-2022-JP-2")
        default: iconv(bytes, from: name)
        }
    }

    /// Text of valid UTF-8, without a byte order mark.
    private static func utf8(_ bytes: [UInt8]) -> String? {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return String(validating: body, as: UTF8.self)?.withoutNUL
    }

    private static func windows1252(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes where byte != 0 {
            let code = byte &- 0x80 < 32 ? high1252[Int(byte - 0x80)] : UInt16(byte)
            if let scalar = Unicode.Scalar(code) { text.append(scalar) }
        }
        return String(text)
    }

    /// The code points of 0x80–0x9F in windows-1252 (WHATWG index).
    private static let high1252: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    private static func utf16Name(_ bytes: [UInt8]) -> String {
        bytes.starts(with: [0xFE, 0xFF]) ? "UTF-16BE" : "UTF-16LE"
    }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        let marked = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
        return marked ? Array(bytes.dropFirst(2)) : bytes
    }

    /// UTF-7 (RFC 2152): only what stands between `+` and `-` is encoded.
    private static func utf7(_ bytes: [UInt8]) -> String? {
        guard bytes.allSatisfy({ $0 < 128 }) else { return nil }
        var text = ""
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x2B else {
                let end = bytes[index...].firstIndex(of: 0x2B) ?? bytes.count
                text += String(decoding: bytes[index..<end], as: UTF8.self)
                index = end
                continue
            }
            var end = index + 1
            while end < bytes.count,
                bytes[end].isAlphanumeric || bytes[end] == 0x2B
                    || bytes[end] == ASCII.slash
            { end += 1 }
            let run = bytes[(index + 1)..<end]
            if run.isEmpty {
                text += "+"
            } else {
                let units = Base64.decode(run)
                let pairs = stride(from: 0, to: units.count - units.count % 2, by: 2)
                text += String(
                    decoding: pairs.map { UInt16(units[$0]) << 8 | UInt16(units[$0 + 1]) },
                    as: UTF16.self
                )
            }
            index = end < bytes.count && bytes[end] == ASCII.hyphen ? end + 1 : end
        }
        return text.withoutNUL
    }

    /// Text by way of the C library; nil when a byte sequence is not of that encoding.
    private static func iconv(_ bytes: [UInt8], from name: String) -> String? {
        guard let converter = iconv_open("UTF-8", name),
            Int(bitPattern: converter) != -1
        else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 64)
        let written: Int? = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var source = input.baseAddress
                var sourceLeft = input.count
                var target = output.baseAddress
                var targetLeft = output.count
                let result = Glibc.iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                guard result != Int.max, result != -1, sourceLeft == 0 else { return nil }
                let flushed = Glibc.iconv(converter, nil, nil, &target, &targetLeft)
                return flushed == -1 ? nil : output.count - targetLeft
            }
        }
        guard let written else { return nil }
        let text = output[..<written].lazy.map { UInt8(bitPattern: $0) }
        return String(decoding: Array(text), as: UTF8.self).withoutNUL
    }
}
