/// One screen of the stack.
enum Screen: Sendable {
    case topicList(TopicListState)
    case categories(CategoriesState)
    case notifications(NotificationsState)
    case topic(TopicState)
    case composer(ComposerState)
    case login(LoginState)
    case chooser(ChooserState)
    case person(PersonState)
    case review(ReviewState)
    case help(HelpState)
}

/// A word to the reader on the status line, until the next key.
package struct Notice: Sendable, Hashable {
    package var text: String
    package var isFailure: Bool
}

/// The whole state of the program. It changes through `update` only, and what is shown is a
/// function of it: time, size and everything from the network enter as messages.
package struct Model: Sendable {
    package internal(set) var site: SiteInfo
    package internal(set) var size: Size
    /// Seconds since 1970, UTC.
    package internal(set) var now: Int64
    package internal(set) var notice: Notice?
    /// The screens, the visible one last; never empty.
    var screens: [Screen]
    var prompt: PromptState?
    /// The keys of a sequence that has begun.
    var pending: [Key] = []
    /// The number that was typed for the next motion.
    var count: Int?
    /// Requests that the site wants to see later.
    var waits: [Wait] = []
    /// Posts on their way out, which can be taken back for a moment.
    var held: [HeldPost] = []
    /// The topics that were last asked to be fetched in advance.
    var upcoming: [TopicPlace] = []
    /// What is unread on the site besides the list that is read; nil until that was asked.
    var ahead: [TopicRow]?
    /// It was asked, and the answer is awaited or used up.
    var hasLookedAhead = false
    /// The member did not want to log in again.
    var isLoginDeclined = false
    var isConnected = true
    /// The site tells what happens at once.
    var isLive = false
    var waiting = WaitingTopics()
    /// Requests that are not answered at once.
    var slowRequests = 0
    /// What can be taken back, the last action last.
    var undos: [Undo] = []
    /// The answer that is awaited is that of taking something back.
    var isTakingBack = false
    /// Posts that wait on this machine for the network.
    package internal(set) var queued = 0
    package internal(set) var settings: Settings

    package init(site: SiteInfo, size: Size, now: Int64, settings: Settings = Settings()) {
        self.site = site
        self.size = size
        self.now = now
        self.settings = settings
        screens = [.topicList(TopicListState(kind: .latest))]
    }

    /// The requests with which the program begins.
    package static let start: [Effect] = [
        .loadSite, .loadTopics(.latest, page: 0), .follow(topic: nil),
    ]

    /// Begins at a topic instead of a list: the requests are those to begin with.
    package mutating func begin(at topic: Int, near: Int?) -> [Effect] {
        Model.start + openTopic(id: topic, title: "", near: near)
    }

    // MARK: Geometry

    /// Rows between the bar at the top and the status line.
    var contentRows: Int { max(1, size.rows - 3) }

    /// From this width on a topic is shown beside its list.
    static let twoPaneColumns = 120

    /// Columns of the list beside an open topic; 0 when there is no room or no list.
    var listPaneColumns: Int {
        guard settings.showsPanes, size.columns >= Model.twoPaneColumns, listBelowTopic != nil
        else { return 0 }
        return min(90, size.columns * 2 / 5)
    }

    /// The list that an open topic was chosen from.
    private var listBelowTopic: TopicListState? {
        guard screens.contains(where: { if case .topic = $0 { true } else { false } }) else {
            return nil
        }
        return list
    }

    /// From this width on a column beside the topic tells about it.
    static let informationColumns = 180
    static let informationWidth = 32

    var showsInformation: Bool {
        settings.showsPanes && size.columns >= Model.informationColumns
    }

    /// Columns of an open topic.
    var topicColumns: Int {
        let pane = listPaneColumns
        let information = showsInformation ? Model.informationWidth + 1 : 0
        return (pane == 0 ? size.columns : size.columns - pane - 1) - information
    }

    /// The list nearest to the top of the stack.
    var list: TopicListState? {
        for screen in screens.reversed() {
            if case .topicList(let state) = screen { return state }
        }
        return nil
    }

    // MARK: Contexts

    /// Whose keys are valid now.
    package var context: KeyContext {
        guard prompt == nil else { return .prompt }
        switch screens[screens.count - 1] {
        case .topicList: return .topicList
        case .categories: return .categories
        case .notifications: return .notifications
        case .topic: return .topic
        case .composer(let state):
            switch state.mode {
            case .editing, .sending: return .composer
            case .preview: return .preview
            case .leaving: return .leaving
            case .outgoing: return .outgoing
            }
        case .login: return .login
        case .chooser: return .chooser
        case .person: return .person
        case .review: return .review
        case .help: return .help
        }
    }

    // MARK: Changing screens in place

    /// Changes every screen for which `change` wants it. The screen leaves the stack while it
    /// changes, so that its arrays are not copied.
    mutating func changeTopics(_ id: Int, _ change: (inout TopicState) -> Void) {
        for index in screens.indices {
            guard case .topic(var state) = screens[index], state.id == id else { continue }
            screens[index] = .help(HelpState())
            change(&state)
            screens[index] = .topic(state)
        }
    }

    mutating func changeLists(_ change: (inout TopicListState) -> Void) {
        for index in screens.indices {
            guard case .topicList(var state) = screens[index] else { continue }
            screens[index] = .help(HelpState())
            change(&state)
            screens[index] = .topicList(state)
        }
    }

    mutating func changeComposer(_ change: (inout ComposerState) -> Void) {
        for index in screens.indices {
            guard case .composer(var state) = screens[index] else { continue }
            screens[index] = .help(HelpState())
            change(&state)
            screens[index] = .composer(state)
        }
    }

    mutating func say(_ text: String, isFailure: Bool = false) {
        notice = Notice(text: text, isFailure: isFailure)
    }

    mutating func pop() {
        if screens.count > 1 {
            screens.removeLast()
        }
    }
}
