import Markup

/// A cooked post as the HTML part of a mail: nothing in it depends on a page or a style sheet, which
/// Gmail and others take away. Styles stand in the elements; colours are ones that stay readable when a
/// program turns the rest dark.
struct MailHTML {
    /// What addresses within the site are relative to.
    let baseURL: String
    /// Where a spoiler can be opened.
    let page: String
    /// The word that stands for one.
    let spoiler: String

    /// - Parameter cooked: HTML as the forum's own cooking writes it: attributes in double quotes, and
    ///   no bare `<` in text.
    func html(_ cooked: String) -> String {
        var output: [UInt8] = []
        let bytes = Array(cooked.utf8)
        output.reserveCapacity(bytes.count * 2)
        var hidden = Hidden()
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                if !hidden.isOpen { output.append(bytes[index]) }
                index += 1
                continue
            }
            let end = Self.tagEnd(bytes, from: index)
            let tag = Tag(bytes[index..<end])
            index = end
            if hidden.isOpen {
                hidden.pass(tag)
            } else if tag.isSpoiler {
                hidden.open(tag)
                output += Array(
                    "<a href=\"\(Escape.html(page))\">[\(Escape.html(spoiler))]</a>".utf8
                )
            } else {
                output += rewritten(tag)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Behind the `>` of a tag; one within an attribute does not end it.
    private static func tagEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var isQuoted = false
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ">") where !isQuoted: return index + 1
            default: break
            }
        }
        return bytes.count
    }

    /// The tag with whole addresses and its style.
    private func rewritten(_ tag: Tag) -> [UInt8] {
        var text = tag.text
        for attribute in [" href=\"/", " src=\"/"] {
            guard let place = text.firstRange(of: attribute) else { continue }
            // Two slashes name another host.
            guard text[place.upperBound...].first != "/" else { continue }
            let slash = text.index(before: place.upperBound)
            text.replaceSubrange(slash..<place.upperBound, with: "\(baseURL)/")
        }
        if !tag.isEnd, let style = tag.style, !text.contains(" style=\"") {
            let place = text.index(text.startIndex, offsetBy: 1 + tag.name.utf8.count)
            text.insert(contentsOf: " style=\"\(style)\"", at: place)
        }
        if !tag.isEnd, tag.classes.contains("chcklst-box") {
            text += tag.classes.contains("checked") ? "\u{2611}" : "\u{2610}"
        }
        return Array(text.utf8)
    }

    /// What is left out until the element that began it ends.
    private struct Hidden {
        private var name = ""
        private var depth = 0

        var isOpen: Bool { depth > 0 }

        mutating func open(_ tag: Tag) {
            name = tag.name
            depth = 1
        }

        mutating func pass(_ tag: Tag) {
            guard tag.name == name else { return }
            depth += tag.isEnd ? -1 : 1
        }
    }

    private struct Tag {
        let text: String
        let name: String
        let isEnd: Bool
        let classes: [Substring]

        init(_ bytes: ArraySlice<UInt8>) {
            let tag = String(decoding: bytes, as: UTF8.self)
            let isEnd = tag.hasPrefix("</")
            let value = tag.firstRange(of: " class=\"").map { tag[$0.upperBound...] } ?? ""
            text = tag
            self.isEnd = isEnd
            name = String(
                tag.dropFirst(isEnd ? 2 : 1).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            )
            classes = value.prefix { $0 != "\"" }.split(separator: " ")
        }

        var isSpoiler: Bool {
            !isEnd && (classes.contains("spoiler") || classes.contains("spoiled"))
        }

        var style: String? {
            switch name {
            case "blockquote": Self.line
            case "aside" where classes.contains("onebox"): Self.line
            case "pre":
                "margin:.6em 0;padding:.6em;overflow:auto;white-space:pre-wrap;font-family:monospace;"
                    + "background-color:rgba(128,128,128,.15)"
            case "code", "kbd": "font-family:monospace"
            case "table": "border-collapse:collapse"
            case "td", "th": "border:1px solid #808080;padding:.2em .5em"
            case "img" where classes.contains("emoji"):
                "width:1.2em;height:1.2em;vertical-align:middle"
            case "img" where classes.contains("avatar"): "width:1.4em;height:1.4em"
            case "img": "max-width:100%;height:auto"
            default: nil
            }
        }

        private static let line = "margin:.6em 0;padding-left:.8em;border-left:3px solid #808080"
    }
}
