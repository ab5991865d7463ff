/// Where keys are pressed: each context has its own keys. The raw value is its name in the
/// configuration.
package enum KeyContext: String, Sendable, Hashable, CaseIterable {
    case topicList = "list"
    case categories
    case notifications
    case topic
    case person
    case chooser
    case review
    case composer
    case preview
    case leaving
    case outgoing
    case login
    case help
    case prompt

    /// The heading of the context in the help.
    package var title: String {
        switch self {
        case .topicList: "Lists of topics"
        case .categories: "Categories"
        case .notifications: "Notifications"
        case .topic: "Reading a topic"
        case .person: "Somebody's page"
        case .chooser: "Choosing"
        case .review: "The review queue"
        case .composer: "Writing"
        case .preview: "Preview"
        case .leaving: "Leaving the composer"
        case .outgoing: "Before a post goes out"
        case .login: "Logging in"
        case .help: "Help"
        case .prompt: "Prompts"
        }
    }
}

/// One way to an action.
package struct Binding: Sendable, Hashable {
    /// The keys that are pressed one after the other.
    package var keys: [Key]
    package var action: Action
    /// What it does, in a few words.
    package var label: String
    /// Shown in the bar of keys, in this order; nil keeps it to the help.
    package var bar: String?
    /// One word, or two, for the choice of keys that can follow a first one; nil is the label.
    package var short: String?
    /// What is done after the action.
    package var then: [Action] = []

    init(
        _ keys: [Key],
        _ action: Action,
        _ label: String,
        bar: String? = nil,
        short: String? = nil
    ) {
        self.keys = keys
        self.action = action
        self.label = label
        self.bar = bar
        self.short = short
    }

    /// Keys written one after the other, each a character.
    init(
        _ keys: String,
        _ action: Action,
        _ label: String,
        bar: String? = nil,
        short: String? = nil
    ) {
        self.init(keys.map { .character($0) }, action, label, bar: bar, short: short)
    }

    package var keyNames: String {
        keys.map(\.name).joined(separator: " ")
    }
}

/// What a sequence of keys means.
package enum KeyMeaning: Sendable, Hashable {
    case action(Action)
    /// Several, one after the other.
    case actions([Action])
    /// The beginning of a longer sequence.
    case prefix
    case nothing
}
