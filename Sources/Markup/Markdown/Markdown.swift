/// The forum's Markdown: CommonMark with mentions, hashtags, quotes, tables and what else
/// Discourse adds to it.
package enum Markdown {
    /// Cooks `raw`. Synchronous and bounded in time: input beyond the limits is cut, nesting beyond
    /// them becomes text.
    package static func cook(
        _ raw: String,
        options: CookOptions = CookOptions(),
        context: CookContext = CookContext()
    ) -> Cooked {
        let source = MarkdownSource.prepare(raw)
        var renderer = MarkdownRenderer(options: options, context: context)
        for piece in BlockTags.split(source) {
            switch piece {
            case .markdown(let range): renderer.markdown(source[range])
            case .open(let kind, let value): renderer.open(kind, value: value)
            case .close(let kind): renderer.close(kind)
            }
        }
        let sanitized = HTMLSanitizer.examine(
            HTMLTree(bytes: renderer.html),
            baseURL: options.baseURL
        )
        var cooked = Cooked()
        cooked.html = String(sanitized.html.trimmingSpaces())
        cooked.links = sanitized.links
        cooked.images = sanitized.images
        cooked.mentions = renderer.inline.text.mentions
        cooked.groupMentions = renderer.inline.text.groupMentions
        cooked.mentionCount = renderer.inline.text.mentionCount
        cooked.hashtags = renderer.inline.text.hashtags
        cooked.quotes = renderer.quotes
        cooked.polls = renderer.polls
        cooked.wordCount = WordCount.count(raw)
        return cooked
    }

    /// What `raw` may refer to. Fenced code is left out; what else turns out to be code or part of
    /// a link may be in it, so that one pass over the bytes is enough.
    package static func references(in raw: String) -> References {
        var collector = ReferenceCollector()
        let source = MarkdownSource.prepare(raw)
        var fences = FenceTracker()
        var line = 0
        while line < source.count {
            let end = source[line...].firstIndex(of: 0x0a) ?? source.count
            if !fences.advance(source[line..<end]) {
                source[line..<end].withUnsafeBufferPointer { collector.scan($0) }
            }
            line = end + 1
        }
        for case .open(.quote, let value) in BlockTags.split(source) {
            collector.add(BlockTags.quote(value).0)
        }
        return collector.references
    }
}

/// Collects references without duplicates, up to the limit of each kind.
private struct ReferenceCollector {
    private(set) var references = References()
    private var usernames: Set<String> = []
    private var hashtags: Set<String> = []
    private var uploads: Set<String> = []

    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "@"):
                let length = DialectText.mentionLength(bytes, index, bytes.count)
                if length > 0, usernames.count < Limits.references {
                    add(username: text(bytes, index + 1, length).lowercased())
                }
            case UInt8(ascii: "#"):
                let length = DialectText.hashtagLength(bytes, index, bytes.count)
                let key = DialectText.hashtagKey(text(bytes, index + 1, length)).key
                if length > 0, hashtags.count < Limits.references, hashtags.insert(key).inserted {
                    references.hashtags.append(key)
                }
            case UInt8(ascii: "u"):
                upload(bytes, index)
            default:
                break
            }
        }
    }

    mutating func add(_ quote: QuoteReference) {
        guard references.quotes.count < Limits.references else {
            return
        }
        if !references.quotes.contains(quote) {
            references.quotes.append(quote)
        }
        if !quote.username.isEmpty, quote.username.utf8.count <= Limits.mentionBytes {
            add(username: quote.username.lowercased())
        }
    }

    private mutating func add(username: String) {
        if usernames.insert(username).inserted {
            references.usernames.append(username)
        }
    }

    private mutating func upload(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) {
        let slice = UnsafeBufferPointer(rebasing: bytes[index...])
        guard uploads.count < Limits.references, Bytes.matches(slice, 0, "upload://") else {
            return
        }
        let name = slice.dropFirst(9).prefix(80).prefix {
            Bytes.isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
        let address = "upload://" + String(decoding: name, as: UTF8.self)
        if !name.isEmpty, uploads.insert(address).inserted {
            references.uploads.append(address)
        }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> String {
        String(decoding: bytes[start..<start + length], as: UTF8.self)
    }
}
