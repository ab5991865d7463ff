/// A question on the status line with one line for the answer.
package struct PromptState: Sendable {
    package enum Kind: Sendable, Hashable {
        case search
        case find
        case filter
        case goToPost
        case command
        case deletion(topic: Int, post: Int, number: Int)
        case flagMessage(topic: Int, post: Int, FlagReason)
        case catchUp(topics: [Int], String)
        case pipe(post: Int)
        case kill
        case highlight
        case attach(DraftKey)
        case quitQueued(Int)
        // What the staff types.
        case rename(topic: Int, String)
        case recategorise(topic: Int)
        case moveTo(topic: Int, posts: [Int])
        case split(topic: Int, posts: [Int])
        case mergeInto(topic: Int)
        case reason(Moderation)
        case reviewReason(ReviewDecision)

        var label: String {
            switch self {
            case .search: "Search: "
            case .find: "Find: "
            case .filter: "Only topics with: "
            case .goToPost: "Go to post #"
            case .command: ":"
            case .deletion(_, _, let number): "Delete post #\(number)? Type yes: "
            case .flagMessage(_, _, .notifyUser): "Message to the author: "
            case .flagMessage: "What the staff should know: "
            case .catchUp(_, let count): "Mark \(count) as read? Type yes: "
            case .pipe: "Give the post to the command: "
            case .kill: "Never list (words, @author, #tag): "
            case .highlight: "Highlight (words, @author, #tag): "
            case .attach: "Attach the file: "
            case .quitQueued(let count): "\(count) unsent; they go next time. Quit? Type yes: "
            case .rename: "New title: "
            case .recategorise: "Move to the category: "
            case .moveTo: "Move to the topic (number or link): "
            case .split: "Title of the new topic: "
            case .mergeInto: "Merge into the topic (number or link): "
            case .reason, .reviewReason: "Reason: "
            }
        }

        /// What stands in the line at first.
        var proposal: String {
            if case .rename(_, let title) = self { title } else { "" }
        }
    }

    let kind: Kind
    var field = TextField()
    /// What was typed before the name of a command was completed; nil while somebody types.
    var typed: String?

    init(_ kind: Kind) {
        self.kind = kind
        field = TextField(kind.proposal)
    }

    /// Completes the name of a command; again: the next one that begins so.
    mutating func complete(in context: KeyContext, keymap: Keymap) {
        let beginning = typed ?? field.text.trimmed
        let names = candidates(in: context, keymap: keymap).map(\.action.rawValue)
        guard !names.isEmpty else { return }
        let current = typed == nil ? nil : names.firstIndex(of: field.text)
        field = TextField(names[current.map { ($0 + 1) % names.count } ?? 0])
        typed = beginning
    }

    /// The commands whose names begin with what was typed.
    func candidates(in context: KeyContext, keymap: Keymap) -> [Binding] {
        var seen: Set<Action> = []
        let typed = typed ?? field.text.trimmed
        return (keymap.bindings(for: context) + PromptState.extra).filter {
            $0.action.rawValue.hasPrefix(typed) && seen.insert($0.action).inserted
        }
    }

    /// Commands that have no key.
    private static let extra: [Binding] = [
        Binding([], .logIn, "log in"),
        Binding([], .logOut, "log out"),
        Binding([], .refresh, "load what is new"),
        Binding([], .message, "write a message to somebody"),
        Binding([], .sendNow, "send at once what could still be taken back"),
    ]
}
