package import Forum

/// The address that answers come to, such as `reply+%{reply_key}@forum.example`.
package struct ReplyAddress: Sendable, Equatable {
    /// Lower-case ASCII, as everything here: letter case does not matter in our own address.
    private let before: [UInt8]
    private let after: [UInt8]

    private static let placeholder = "%{reply_key}"
    private static let keyLength = 32

    /// - Returns: `nil` for a template that does not hold the placeholder once, before an `@`, or
    ///   does not make an address with a key in its place.
    package init?(template: String) {
        let parts = template.split(separator: "%", omittingEmptySubsequences: false)
        guard parts.count == 2, "%\(parts[1])".hasPrefix(Self.placeholder) else { return nil }
        let before = String(parts[0])
        let after = String(parts[1].dropFirst(Self.placeholder.count - 1))
        let sample = before + String(repeating: "0", count: Self.keyLength) + after
        guard after.contains("@"), !before.contains("@"),
            EmailAddressRules.normalise(sample, allowingLocalDomains: true)?.count == sample.count
        else { return nil }
        self.before = Array(before.lowercased().utf8)
        self.after = Array(after.lowercased().utf8)
    }

    package func address(for key: ReplyKey) -> String {
        String(decoding: before, as: UTF8.self) + key.text + String(decoding: after, as: UTF8.self)
    }

    /// The key in an address of this form; letter case does not matter.
    package func key(in address: String) -> ReplyKey? {
        let bytes = Self.lowered(address)
        guard bytes.count == before.count + Self.keyLength + after.count,
            bytes.starts(with: before), bytes.suffix(after.count).elementsEqual(after)
        else { return nil }
        let key = bytes.dropFirst(before.count).prefix(Self.keyLength)
        return ReplyKey(String(decoding: key, as: UTF8.self))
    }

    /// Where reports of a mail come to (Discourse's `verp-` addresses); `nil` when the address has no
    /// plus that something could stand behind.
    package func bounceAddress(for key: BounceKey) -> String? {
        guard before.last == UInt8(ascii: "+") else { return nil }
        let local = String(decoding: before, as: UTF8.self) + Self.bounceMark + key.text
        guard local.utf8.count <= 64 else { return nil }
        return local + String(decoding: after, as: UTF8.self)
    }

    /// The key in an address that reports come to.
    package func bounceKey(in address: String, secret: [UInt8]) -> BounceKey? {
        let bytes = Self.lowered(address)
        let head = before + Array(Self.bounceMark.utf8)
        guard bytes.count == head.count + Self.keyLength + after.count, bytes.starts(with: head),
            bytes.suffix(after.count).elementsEqual(after)
        else { return nil }
        let key = bytes.dropFirst(head.count).prefix(Self.keyLength)
        return BounceKey(String(decoding: key, as: UTF8.self), secret: secret)
    }

    private static let bounceMark = "verp-"

    /// Whether mail from this address would be an answer to ourselves: with or without a key.
    package func matches(_ address: String) -> Bool {
        Self.lowered(address) == bare || key(in: address) != nil
    }

    /// Whether this is the address without a key: what somebody writes to who has lost it.
    func isBare(_ address: String) -> Bool { Self.lowered(address) == bare }

    /// The address without a key: `reply@forum.example`.
    private var bare: [UInt8] {
        (before.last == UInt8(ascii: "+") ? before.dropLast() : before[...]) + after
    }

    /// The text with every reply address made the bare one, also where a program has encoded the
    /// `+` or the `@` for a link. Whoever quotes a mail of ours must not publish the key in it.
    package func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        var copied = 0
        while index < bytes.count {
            guard let run = hexRun(bytes, at: index) else {
                index += 1
                continue
            }
            defer { index = run.upperBound }
            guard run.count == Self.keyLength,
                let start = self.start(bytes[copied..<run.lowerBound]),
                let end = self.end(bytes[run.upperBound...])
            else { continue }
            output += bytes[copied..<start] + bare
            copied = end
        }
        guard copied > 0 else { return text }
        return String(decoding: output + bytes[copied...], as: UTF8.self)
    }

    /// The hexadecimal digits from `index` on.
    private func hexRun(_ bytes: [UInt8], at index: Int) -> Range<Int>? {
        let end = bytes[index...].firstIndex { !Self.isHex($0) } ?? bytes.count
        guard end > index else { return nil }
        // What stands before the key may end in digits of its own.
        return end - index > Self.keyLength ? end - Self.keyLength..<end : index..<end
    }

    /// Where the local part begins that these bytes end with.
    private func start(_ bytes: ArraySlice<UInt8>) -> Int? {
        Self.forms(of: before).first { Self.lowered(bytes.suffix($0.count)).elementsEqual($0) }
            .map { bytes.endIndex - $0.count }
    }

    private func end(_ bytes: ArraySlice<UInt8>) -> Int? {
        Self.forms(of: after).first { Self.lowered(bytes.prefix($0.count)).elementsEqual($0) }
            .map { bytes.startIndex + $0.count }
    }

    /// As it is, as links encode it, and with the backslashes of Markdown.
    private static func forms(of bytes: [UInt8]) -> [[UInt8]] {
        let text = String(decoding: bytes, as: UTF8.self)
        let linked = text.replacing("+", with: "%2b").replacing("@", with: "%40")
        let escaped = text.map { "+@.-_".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        let forms = [
            text, linked, linked.replacing("%40", with: "@"), escaped,
            escaped.replacing("\\@", with: "@"),
        ]
        return forms.map { Array($0.utf8) }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
    }

    private static func lowered(_ text: String) -> [UInt8] { lowered(Array(text.utf8)[...]) }

    /// ASCII alone: no other letter may turn into one of our address.
    private static func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    }
}
