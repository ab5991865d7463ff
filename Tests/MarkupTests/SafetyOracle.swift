import Testing

@testable import Markup

/// Judges HTML by its structure, apart from the sanitiser's tables: only these elements, attributes
/// and schemes may occur.
enum SafetyOracle {
    private static let elements: Set<String> = [
        "a", "abbr", "aside", "b", "big", "blockquote", "br", "caption", "cite", "code", "dd",
        "del",
        "details",
        "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd",
        "li", "mark", "ol", "p", "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul", "var",
    ]

    private static let attributes: Set<String> = [
        "align", "alt", "class", "colspan", "data-display-name", "data-full", "data-id",
        "data-post",
        "data-ref", "data-slug", "data-topic", "data-type", "data-username", "dir", "height",
        "href",
        "name", "open", "rel", "reversed", "rowspan", "src", "start", "title", "value", "width",
    ]

    /// What is wrong with `html`; empty when nothing is.
    static func faults(_ html: String) -> [String] {
        var found: [String] = []
        if html.contains("<!") || html.contains("<?") {
            found.append("a declaration")
        }
        if html.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) {
            found.append("a control character")
        }
        for node in HTMLTree(balanced: Array(html.utf8)).nodes where node.kind == .element {
            if !elements.contains(node.name) {
                found.append("<\(node.name)>")
            }
            for attribute in node.attributes {
                if !attributes.contains(attribute.name) {
                    found.append("\(node.name) \(attribute.name)")
                }
                if ["href", "src"].contains(attribute.name), !isHarmless(attribute.value) {
                    found.append("\(attribute.name)=\(attribute.value)")
                }
                if attribute.name == "name", node.classes != ["anchor"] {
                    found.append("name=\(attribute.value)")
                }
            }
            if node.name == "a", let target = node.attribute("href"), target.hasPrefix("http"),
                node.attribute("rel") != "noopener nofollow ugc"
            {
                found.append("a link without rel")
            }
        }
        return found
    }

    /// Reads an address as leniently as any browser did and wants no scheme but three.
    private static func isHarmless(_ address: String) -> Bool {
        let letters = address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7f }
        let text = String(String.UnicodeScalarView(letters)).lowercased()
        guard let colon = text.firstIndex(of: ":") else {
            return true
        }
        let before = text[..<colon]
        if before.contains("/") || before.contains("?") || before.contains("#")
            || before.contains("\\")
        {
            return true
        }
        return ["http", "https", "mailto"].contains(String(before))
    }
}
