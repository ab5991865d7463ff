/// The allow-list of elements, attributes and class names (Discourse's, without media and frames).
/// What is not in these tables does not come out.
enum SanitizerRules {
    /// How the value of an attribute is judged.
    enum Value {
        /// Any text.
        case text
        /// A link's address: web, mail or within the site.
        case link
        /// An image's address: web or within the site.
        case image
        /// Digits alone, at most nine.
        case number
        /// One of some words.
        case word([String])
        /// No value, or its own name.
        case flag
        /// The words of it that are in the element's list of classes.
        case classes
        /// The name of a heading's anchor.
        case anchor
    }

    /// Allowed elements and their attributes.
    static let elements: [String: [String: Value]] = {
        var table: [String: [String: Value]] = [:]
        let plain = """
            abbr b big br caption cite code dd del details dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd \
            li mark p pre q rb rp rt rtc ruby s samp small strike strong sub summary sup tbody \
            tfoot thead tr ul var ol table blockquote a aside div span img td th
            """
        for name in plain.split(separator: " ") {
            table[String(name)] = [
                "class": .classes, "dir": .word(["ltr", "rtl", "auto"]), "title": .text,
            ]
        }
        let special: [String: [String: Value]] = [
            "a": [
                "href": .link, "name": .anchor, "data-type": .word(["category", "tag", "channel"]),
                "data-slug": .text, "data-id": .number, "data-ref": .text,
            ],
            "aside": [
                "data-username": .text, "data-post": .number, "data-topic": .number,
                "data-full": .word(["true"]), "data-display-name": .text,
            ],
            "details": ["open": .flag],
            "div": [
                "data-poll-name": .text, "data-poll-status": .word(["open", "closed"]),
                "data-poll-type": .text, "data-poll-results": .text,
                "data-poll-charttype": .word(["bar", "pie"]), "data-poll-public": .word(["true"]),
                "data-poll-min": .text, "data-poll-max": .text, "data-poll-step": .text,
                "data-poll-close": .text, "data-poll-groups": .text,
                "data-start": .text, "data-end": .text, "data-timezone": .text,
                "data-status": .word(["public", "private", "standalone"]), "data-name": .text,
                "data-location": .text, "data-url": .text,
            ],
            "img": [
                "src": .image, "alt": .text, "width": .number, "height": .number,
            ],
            "li": ["value": .number, "data-poll-option-id": .text],
            "ol": ["start": .number, "reversed": .flag],
            "td": ["colspan": .number, "rowspan": .number, "align": .word(alignments)],
            "th": ["colspan": .number, "rowspan": .number, "align": .word(alignments)],
        ]
        for (name, attributes) in special {
            table[name, default: [:]].merge(attributes) { _, new in new }
        }
        return table
    }()

    static let alignments = ["left", "center", "right"]

    /// Allowed class names. `lang-…` on code is allowed besides.
    static let classes: [String: Set<String>] = [
        "a": [
            "anchor", "attachment", "hashtag", "hashtag-cooked", "mention", "mention-group",
            "onebox", "inline-onebox",
        ],
        "aside": ["quote", "no-group", "quote-modified"],
        "blockquote": [],
        "code": [],
        "details": ["elided"],
        "div": [
            "title", "quote-controls", "md-table", "spoiler", "excerpt", "lightbox-wrapper", "poll",
            "poll-container", "poll-title", "poll-info", "poll-info_counts",
            "poll-info_counts-count", "discourse-post-event",
        ],
        "img": ["avatar", "emoji", "only-emoji", "thumbnail"],
        "span": [
            "bbcode-b", "bbcode-i", "bbcode-s", "bbcode-u", "bidi-warning", "chcklst-box",
            "checked",
            "excerpt", "fa", "fa-check-square-o", "fa-fw", "fa-square-o", "hashtag",
            "hashtag-raw", "info-label", "info-number", "mention", "spoiler",
        ],
    ]

    /// Elements without content.
    static let void: Set<String> = ["br", "hr", "img"]

    /// The value that is written for an attribute, or nil when the attribute is left out.
    static func judge(_ value: String, as rule: Value, of element: String) -> String? {
        switch rule {
        case .text:
            return LinkAddress.cleaned(value)
        case .link:
            return LinkAddress.check(value)?.text
        case .image:
            guard let checked = LinkAddress.check(value), checked.kind != .mail else {
                return nil
            }
            return checked.text
        case .number:
            guard (1...9).contains(value.utf8.count), value.utf8.allSatisfy(Bytes.isDigit) else {
                return nil
            }
            return value
        case .word(let words):
            let lower = Bytes.lowercased(value.utf8)
            return words.contains(lower) ? lower : nil
        case .flag:
            return ""
        case .classes:
            return classes(value, of: element)
        case .anchor:
            return isAnchor(value) ? value : nil
        }
    }

    private static func classes(_ value: String, of element: String) -> String? {
        let allowed = classes[element] ?? []
        var kept: [String] = []
        for word in value.split(whereSeparator: { $0.isWhitespace }) {
            let name = String(word)
            if !kept.contains(name), allowed.contains(name) || isLanguage(name, of: element) {
                kept.append(name)
            }
        }
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    private static func isLanguage(_ name: String, of element: String) -> Bool {
        element == "code" && name.hasPrefix("lang-") && name.utf8.count <= 40
            && name.utf8.dropFirst(5).allSatisfy {
                Bytes.isAlphanumeric($0) || "+#-_.".utf8.contains($0)
            }
    }

    /// Whether `name` has the form of our heading anchors: words, a dash and a number. With the
    /// number no anchor can stand for a property of the page's document.
    static func isAnchor(_ name: String) -> Bool {
        guard name.utf8.count <= Limits.anchorBytes + 8,
            let dash = name.utf8.lastIndex(of: UInt8(ascii: "-"))
        else {
            return false
        }
        let number = name.utf8[name.utf8.index(after: dash)...]
        return dash != name.utf8.startIndex && !number.isEmpty && number.allSatisfy(Bytes.isDigit)
            && name.utf8[..<dash].allSatisfy { Bytes.isWord($0) || $0 == UInt8(ascii: "-") }
    }
}
