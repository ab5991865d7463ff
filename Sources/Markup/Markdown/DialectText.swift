/// Writes a run of text as HTML: escapes it and makes links of mentions, hashtags and bare
/// addresses. Collects what it found.
struct DialectText {
    let context: CookContext
    private(set) var mentions: [String] = []
    private(set) var groupMentions: [String] = []
    private(set) var hashtags: [String] = []
    /// How many quotes are open. A mention within a quote calls nobody.
    var quoteDepth = 0
    private var mentioned: Set<String> = []
    private var tagged: Set<String> = []

    var mentionCount: Int { mentioned.count }

    init(context: CookContext) {
        self.context = context
    }

    /// Writes `range` of `bytes`; what stands before and after it in `bytes` is looked at, not
    /// written.
    mutating func write(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        isLinked: Bool,
        isOwnLine: Bool = false,
        to out: inout [UInt8]
    ) {
        var index = range.lowerBound
        let end = range.upperBound
        while index < end {
            let byte = bytes[index]
            if byte == 0xef, let sign = MarkdownSource.marked(bytes, at: index) {
                Escape.appendText(sign, to: &out)
                index += 3
                continue
            }
            if !isLinked {
                let taken: Int
                switch byte {
                case UInt8(ascii: "@"):
                    taken = mention(bytes, index, end, to: &out)
                case UInt8(ascii: "#"):
                    taken = hashtag(bytes, index, end, to: &out)
                case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"), UInt8(ascii: "W"):
                    taken = link(bytes, index, end, isOwnLine: isOwnLine, to: &out)
                default:
                    taken = 0
                }
                if taken > 0 {
                    index += taken
                    continue
                }
            }
            Escape.appendText(byte, to: &out)
            index += 1
        }
    }

    // MARK: Mentions

    /// The length of the name after an at sign at `index`, 0 when there is none.
    static func mentionLength(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ end: Int
    ) -> Int {
        if index > 0 {
            let before = bytes[index - 1]
            guard !Bytes.isWord(before), before != UInt8(ascii: "@"), before != UInt8(ascii: "/")
            else {
                return 0
            }
        }
        var ahead = index + 1
        while ahead < end, isNameByte(bytes[ahead]),
            ahead - index <= Limits.mentionBytes
        {
            ahead += 1
        }
        if ahead < end, bytes[ahead] == UInt8(ascii: "@") || isNameByte(bytes[ahead]) {
            return 0
        }
        while ahead > index + 1, !Bytes.isWord(bytes[ahead - 1]) {
            ahead -= 1
        }
        guard ahead > index + 1, Bytes.isWord(bytes[index + 1]) else {
            return 0
        }
        return ahead - index - 1
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        Bytes.isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private mutating func mention(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ end: Int,
        to out: inout [UInt8]
    ) -> Int {
        let length = Self.mentionLength(bytes, index, end)
        guard length > 0 else {
            return 0
        }
        let name = bytes[index + 1..<index + 1 + length]
        let key = String(decoding: name, as: UTF8.self).lowercased()
        let isNew = quoteDepth == 0 && mentioned.insert(key).inserted
        if context.users[key] != nil {
            if isNew {
                mentions.append(key)
            }
            out.append(contentsOf: "<a class=\"mention\" href=\"/u/".utf8)
            PercentEncoding.append(key.utf8, to: &out)
            out.append(contentsOf: "\">@".utf8)
            out.append(contentsOf: name)
            out.append(contentsOf: "</a>".utf8)
        } else if context.groups[key] != nil {
            if isNew {
                groupMentions.append(key)
            }
            out.append(contentsOf: "<a class=\"mention-group\" href=\"/groups/".utf8)
            PercentEncoding.append(key.utf8, to: &out)
            out.append(contentsOf: "\">@".utf8)
            out.append(contentsOf: name)
            out.append(contentsOf: "</a>".utf8)
        } else {
            out.append(contentsOf: "<span class=\"mention\">@".utf8)
            out.append(contentsOf: name)
            out.append(contentsOf: "</span>".utf8)
        }
        return length + 1
    }

    // MARK: Hashtags

    /// The length of the slug after a number sign at `index`, 0 when there is none.
    static func hashtagLength(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ end: Int
    ) -> Int {
        if index > 0 {
            let before = bytes[index - 1]
            guard !Bytes.isWord(before), before != UInt8(ascii: "#"), before != UInt8(ascii: "/"),
                before != UInt8(ascii: "&")
            else {
                return 0
            }
        }
        var ahead = index + 1
        while ahead < end,
            Bytes.isWord(bytes[ahead]) || bytes[ahead] == UInt8(ascii: "-")
                || bytes[ahead] == UInt8(ascii: ":"),
            ahead - index <= Limits.hashtagBytes
        {
            ahead += 1
        }
        while ahead > index + 1, !Bytes.isWord(bytes[ahead - 1]) {
            ahead -= 1
        }
        guard ahead > index + 1, Bytes.isWord(bytes[index + 1]) else {
            return 0
        }
        return ahead - index - 1
    }

    /// The slug without its `::kind`, in lower case, and the kind.
    static func hashtagKey(_ slug: String) -> (key: String, kind: String) {
        let lower = slug.lowercased()
        for kind in ["tag", "category"] where lower.hasSuffix("::\(kind)") {
            return (String(lower.dropLast(kind.count + 2)), kind)
        }
        return (lower, "")
    }

    private mutating func hashtag(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ end: Int,
        to out: inout [UInt8]
    ) -> Int {
        let length = Self.hashtagLength(bytes, index, end)
        guard length > 0 else {
            return 0
        }
        let slug = String(decoding: bytes[index + 1..<index + 1 + length], as: UTF8.self)
        let (key, kind) = Self.hashtagKey(slug)
        if kind != "tag", let category = context.categories[key] {
            append(category, type: "category", key: key, to: &out)
        } else if kind != "category", let tag = context.tags[key] {
            append(tag, type: "tag", key: key, to: &out)
        } else {
            out.append(contentsOf: "<span class=\"hashtag-raw\">#\(Escape.html(slug))</span>".utf8)
        }
        return length + 1
    }

    private mutating func append(
        _ target: CookContext.Hashtag,
        type: String,
        key: String,
        to out: inout [UInt8]
    ) {
        if tagged.insert(key).inserted {
            hashtags.append(key)
        }
        let href = Escape.html(target.url)
        let slug = Escape.html(target.slug)
        let attributes =
            "href=\"\(href)\" data-type=\"\(type)\" data-slug=\"\(slug)\" data-id=\"\(target.id)\""
        let name = Escape.html(target.name)
        out.append(contentsOf: "<a class=\"hashtag-cooked\" \(attributes)>".utf8)
        out.append(contentsOf: "<span>\(name)</span></a>".utf8)
    }

    // MARK: Bare addresses

    /// The length of a bare address at `index`, 0 when there is none.
    static func linkLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int {
        let slice = UnsafeBufferPointer(rebasing: bytes[index..<end])
        let prefix: Int
        if Bytes.matches(slice, 0, "https://") {
            prefix = 8
        } else if Bytes.matches(slice, 0, "http://") {
            prefix = 7
        } else if Bytes.matches(slice, 0, "www.") {
            prefix = 4
        } else {
            return 0
        }
        guard index == 0 || !Bytes.isWord(bytes[index - 1]), prefix < slice.count,
            Bytes.isAlphanumeric(slice[prefix]) || slice[prefix] >= 0x80
                || slice[prefix] == UInt8(ascii: "[")
        else {
            return 0
        }
        let length = withoutTrailer(slice, bracketed(slice, from: prefix))
        return length > prefix ? length : 0
    }

    /// Where an address ends at the latest: at a space, a quotation mark, an angle bracket or a
    /// closing bracket that it did not open.
    private static func bracketed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var parentheses = 0
        var brackets = 0
        var index = start
        while index < bytes.count, index < Limits.addressBytes {
            switch bytes[index] {
            case 0...0x20, 0x7f, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
                UInt8(ascii: "`"), UInt8(ascii: "|"):
                return index
            case UInt8(ascii: "("): parentheses += 1
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: ")"):
                parentheses -= 1
                if parentheses < 0 {
                    return index
                }
            case UInt8(ascii: "]"):
                brackets -= 1
                if brackets < 0 {
                    return index
                }
            case 0xe2:
                // General punctuation: dashes, curled quotation marks, ellipses and spaces.
                if index + 1 < bytes.count, bytes[index + 1] == 0x80 {
                    return index
                }
            case 0xe3:
                // Ideographic space, comma and full stop, corner brackets.
                if index + 1 < bytes.count, bytes[index + 1] == 0x80 {
                    return index
                }
            case 0xef:
                if index + 1 < bytes.count, bytes[index + 1] == 0xbc || bytes[index + 1] == 0xb7 {
                    return index
                }
            default: break
            }
            index += 1
        }
        // A cut at the limit may not fall inside a character.
        while index > start, index < bytes.count, bytes[index] & 0xc0 == 0x80 {
            index -= 1
        }
        return index
    }

    /// The length without the punctuation of the sentence around it.
    private static func withoutTrailer(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ length: Int
    ) -> Int {
        var end = length
        while end > 0 {
            switch bytes[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
                UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "*"),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "("), UInt8(ascii: "["):
                end -= 1
            default:
                return end
            }
        }
        return 0
    }

    private func link(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ end: Int,
        isOwnLine: Bool,
        to out: inout [UInt8]
    ) -> Int {
        let length = Self.linkLength(bytes, index, end)
        guard length > 0 else {
            return 0
        }
        let address = bytes[index..<index + length]
        out.append(contentsOf: "<a href=\"".utf8)
        if bytes[index] | 0x20 == UInt8(ascii: "w") {
            out.append(contentsOf: "http://".utf8)
        }
        PercentEncoding.append(address, to: &out)
        out.append(UInt8(ascii: "\""))
        if isOwnLine, index == 0, length == bytes.count {
            out.append(contentsOf: " class=\"onebox\"".utf8)
        }
        out.append(UInt8(ascii: ">"))
        for byte in address {
            Escape.appendText(byte, to: &out)
        }
        out.append(contentsOf: "</a>".utf8)
        return length
    }
}

/// Addresses in attributes.
enum PercentEncoding {
    private static let safe: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in 0..<UInt8(128) where Bytes.isAlphanumeric(byte) {
            table[Int(byte)] = true
        }
        for byte in "!#$%&'()*+,-./:;=?@_~".utf8 {
            table[Int(byte)] = true
        }
        return table
    }()

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Appends an address for a double-quoted attribute: what RFC 3986 does not allow in one as
    /// `%XX`, and the ampersand as a reference. What is encoded already stays.
    static func append(_ address: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in address {
            if byte == UInt8(ascii: "&") {
                out.append(contentsOf: "&amp;".utf8)
            } else if safe[Int(byte)] {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            }
        }
    }
}
