import Markup

/// Markup with its texts held apart: a string that is interpolated is escaped, so that what people
/// write can never become an element. It serves XML as well, which knows the same five references.
///
/// The markup itself comes from literals alone; what the sanitiser let through enters by `cooked`.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: StaticString) { text = "\(value)" }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    private init(text: String) { self.text = text }

    /// What a post or a description was cooked to. Addresses within the site become whole ones, because
    /// a feed is read elsewhere.
    static func cooked(_ html: String, base: String) -> HTML {
        var out = ""
        out.reserveCapacity(html.utf8.count + 256)
        var rest = Substring(html)
        while let place = rest.firstRange(of: "=\"/") {
            out += rest[..<place.lowerBound]
            rest = rest[place.upperBound...]
            // Two slashes name another host.
            out += rest.first == "/" ? "=\"/" : "=\"\(base)/"
        }
        return HTML(text: out + rest)
    }

    /// What a template was rendered to.
    static func rendered(_ text: String) -> HTML { HTML(text: text) }

    /// HTML as the text of an element, as RSS carries it.
    static func quoted(_ html: HTML) -> HTML { "\(html.text)" }

    static func joined(_ parts: [HTML], separator: HTML = "\n") -> HTML {
        HTML(text: parts.map(\.text).joined(separator: separator.text))
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }

        mutating func appendInterpolation(_ value: String) { text += Escape.document(value) }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }

        mutating func appendInterpolation(_ value: HTML) { text += value.text }
    }
}
