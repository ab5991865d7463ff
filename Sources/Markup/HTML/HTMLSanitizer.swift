/// Makes HTML of any origin safe to show: only elements, attributes, class names and addresses of
/// the allow-list come out, written anew from the tree of a conforming parser. To sanitise twice
/// changes nothing.
package enum HTMLSanitizer {
    /// What was found while sanitising.
    package struct Result: Sendable {
        package var html = ""
        /// Addresses of links that a writer made, in order, without duplicates. Mentions, hashtags
        /// and heading anchors are not among them.
        package var links: [String] = []
        /// Addresses of images other than emoji and avatars, in order.
        package var images: [String] = []
    }

    /// The allowed part of `html`. Links to other hosts than that of `baseURL` are marked
    /// `rel="noopener nofollow ugc"`.
    package static func sanitize(_ html: String, baseURL: String = "") -> String {
        examine(html, baseURL: baseURL).html
    }

    /// As `sanitize`, with the addresses that were found.
    package static func examine(_ html: String, baseURL: String = "") -> Result {
        examine(HTMLTree(parsing: html), baseURL: baseURL)
    }

    static func examine(_ tree: HTMLTree, baseURL: String) -> Result {
        var writer = SanitizedWriter(host: LinkAddress.host(of: baseURL))
        writer.write(tree)
        return writer.finish()
    }
}

/// Writes the allowed part of a tree.
private struct SanitizedWriter {
    private let host: String?
    private var out: [UInt8] = []
    private var result = HTMLSanitizer.Result()
    private var seen: Set<String> = []

    init(host: String?) {
        self.host = host
    }

    mutating func finish() -> HTMLSanitizer.Result {
        result.html = String(decoding: out, as: UTF8.self)
        return result
    }

    mutating func write(_ tree: HTMLTree) {
        for step in HTMLWalk(tree) {
            switch step {
            case .leave(let index):
                end(tree[index])
            case .enter(let index):
                let node = tree[index]
                if node.kind == .text {
                    let isFirst = node.previousSibling == HTMLTree.none
                    text(node.text, inPre: isFirst && tree[node.parent].name == "pre")
                } else if let rules = SanitizerRules.elements[node.name] {
                    start(node, rules: rules)
                }
            }
        }
    }

    private mutating func end(_ node: HTMLTree.Node) {
        guard SanitizerRules.elements[node.name] != nil,
            !SanitizerRules.void.contains(node.name), !isSkipped(node)
        else {
            return
        }
        out.append(contentsOf: "</".utf8)
        out.append(contentsOf: node.name.utf8)
        out.append(UInt8(ascii: ">"))
    }

    /// An image without an address shows nothing.
    private func isSkipped(_ node: HTMLTree.Node) -> Bool {
        node.name == "img" && LinkAddress.check(node.attribute("src") ?? "") == nil
    }

    private mutating func start(_ node: HTMLTree.Node, rules: [String: SanitizerRules.Value]) {
        guard !isSkipped(node) else {
            return
        }
        var kept: [HTMLTree.Attribute] = []
        for attribute in node.attributes {
            guard let rule = rules[attribute.name],
                let value = SanitizerRules.judge(attribute.value, as: rule, of: node.name)
            else {
                continue
            }
            kept.append(HTMLTree.Attribute(name: attribute.name, value: value))
        }
        if node.name == "a" {
            finishLink(&kept)
        } else if node.name == "img" {
            record(image: kept)
        }
        out.append(UInt8(ascii: "<"))
        out.append(contentsOf: node.name.utf8)
        for attribute in kept {
            out.append(UInt8(ascii: " "))
            out.append(contentsOf: attribute.name.utf8)
            if attribute.value.isEmpty, case .flag? = rules[attribute.name] {
                continue
            }
            out.append(contentsOf: "=\"".utf8)
            Escape.appendAttribute(attribute.value.utf8, to: &out)
            out.append(UInt8(ascii: "\""))
        }
        out.append(UInt8(ascii: ">"))
    }

    /// Judges a link as a whole: anchors keep their name only as anchors, and the links of writers
    /// to other sites carry no recommendation.
    private mutating func finishLink(_ kept: inout [HTMLTree.Attribute]) {
        let classes = kept.first { $0.name == "class" }?.value ?? ""
        let isAnchor = classes == "anchor"
        if !isAnchor {
            kept.removeAll { $0.name == "name" }
        }
        guard let address = kept.first(where: { $0.name == "href" })?.value else {
            return
        }
        let isOwn = ["mention", "mention-group", "hashtag-cooked", "hashtag"].contains(classes)
        if !isOwn, !isAnchor, seen.insert(address).inserted {
            result.links.append(address)
        }
        guard let checked = LinkAddress.check(address), checked.kind == .web else {
            return
        }
        let target = LinkAddress.host(of: address)
        if target == nil || target != host {
            kept.append(HTMLTree.Attribute(name: "rel", value: "noopener nofollow ugc"))
        }
    }

    private mutating func record(image: [HTMLTree.Attribute]) {
        let classes = image.first { $0.name == "class" }?.value ?? ""
        guard !classes.contains("emoji"), !classes.contains("avatar"),
            let address = image.first(where: { $0.name == "src" })?.value
        else {
            return
        }
        result.images.append(address)
    }

    private mutating func text(_ text: String, inPre: Bool) {
        var text = text
        // The parser takes one line end after the start tag away.
        if inPre, text.utf8.first == 0x0a {
            out.append(0x0a)
        }
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                if bytes[index] == 0xe2, let name = DirectionControls.name(bytes, at: index) {
                    out.append(contentsOf: "<span class=\"bidi-warning\">&lt;".utf8)
                    name.withUTF8Buffer { out.append(contentsOf: $0) }
                    out.append(contentsOf: "&gt;</span>".utf8)
                    index += 3
                    continue
                }
                // Control characters are no part of a text, whatever way they came in.
                if bytes[index] < 0x20 && bytes[index] != 0x09 && bytes[index] != 0x0a
                    || bytes[index] == 0x7f
                {
                    out.append(contentsOf: "\u{fffd}".utf8)
                } else {
                    Escape.appendText(bytes[index], to: &out)
                }
                index += 1
            }
        }
    }
}
