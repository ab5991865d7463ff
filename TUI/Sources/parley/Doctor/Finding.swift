/// One thing that was looked at, and what is to be done about it.
struct Finding: Encodable, Sendable {
    enum State: String, Encodable, Sendable {
        case good
        /// It works, with a loss that may be wanted.
        case warning
        case bad
    }

    var name: String
    var state: State
    var text: String
    /// What helps; nil where nothing has to be done.
    var advice: String?

    static func good(_ name: String, _ text: String) -> Finding {
        Finding(name: name, state: .good, text: text)
    }

    static func warning(_ name: String, _ text: String, _ advice: String) -> Finding {
        Finding(name: name, state: .warning, text: text, advice: advice)
    }

    static func bad(_ name: String, _ text: String, _ advice: String) -> Finding {
        Finding(name: name, state: .bad, text: text, advice: advice)
    }

    /// For people: the state is a word, not a colour.
    var lines: [String] {
        let mark =
            switch state {
            case .good: "ok      "
            case .warning: "note    "
            case .bad: "PROBLEM "
            }
        return ["\(mark)\(name): \(text)"] + (advice.map { ["        \($0)"] } ?? [])
    }
}
