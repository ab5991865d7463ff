/// A question on the status line with one line for the answer.
struct PromptState: Sendable {
    enum Kind: Sendable, Hashable {
        case search
        case find
        case goToPost
        case command
        case deletion(topic: Int, post: Int, number: Int)

        var label: String {
            switch self {
            case .search: "Search: "
            case .find: "Find: "
            case .goToPost: "Go to post #"
            case .command: ":"
            case .deletion(_, _, let number): "Delete post #\(number)? Type yes: "
            }
        }
    }

    let kind: Kind
    var field = TextField()

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// The commands whose names begin with what was typed.
    func candidates(in context: KeyContext, keymap: Keymap) -> [Binding] {
        var seen: Set<Action> = []
        let typed = field.text.trimmed
        return (keymap.bindings(for: context) + PromptState.extra).filter {
            $0.action.rawValue.hasPrefix(typed) && seen.insert($0.action).inserted
        }
    }

    /// Commands that have no key.
    private static let extra: [Binding] = [
        Binding([], .logIn, "log in"),
        Binding([], .logOut, "log out"),
        Binding([], .refresh, "load what is new"),
    ]
}
