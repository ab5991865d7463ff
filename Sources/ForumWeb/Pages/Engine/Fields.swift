import Mustache

/// What a template shows, by name.
///
/// A name that has no value here stands for nothing; the template does not look for it further out.
struct Fields: Sendable, MustacheParent, ExpressibleByDictionaryLiteral {
    /// A value that is not there.
    private struct Nothing: Sendable, MustacheCustomRepresentation {
        var representation: Any? { nil }
    }

    private var values: [String: any Sendable] = [:]

    init(dictionaryLiteral elements: (String, (any Sendable)?)...) {
        for (name, value) in elements { self[name] = value }
    }

    subscript(name: String) -> (any Sendable)? {
        get { values[name] }
        set { values[name] = newValue ?? Nothing() }
    }

    func merging(_ other: Fields) -> Fields {
        var all = self
        all.values.merge(other.values) { $1 }
        return all
    }

    func child(named name: String) -> Any? { values[name] }
}

extension HTML: MustacheCustomRenderable {
    /// Its text; a template writes it without references by three braces.
    var renderText: String { text }
    var isNull: Bool { false }
}
