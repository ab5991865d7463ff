/// What a member can follow more or less closely.
package enum Followed: Sendable, Hashable {
    case topic(Int)
    case category(id: Int, name: String)
    case tag(String)
    case person(String)

    /// It holds topics.
    package var isPlace: Bool {
        switch self {
        case .category, .tag: true
        case .topic, .person: false
        }
    }

    package var name: String {
        switch self {
        case .topic: "This topic"
        case .category(_, let name): "The category \(name)"
        case .tag(let name): "The tag \(name)"
        case .person(let name): "What \(name) writes"
        }
    }
}

extension Followed {
    /// What is said when it is followed otherwise.
    package func words(_ level: TrackingLevel, _ delivery: Delivery?) -> String {
        sentence(level) + (delivery.map { ": \($0.name)." } ?? ".")
    }

    private func sentence(_ level: TrackingLevel) -> String {
        let object = name.prefix(1).lowercased() + name.dropFirst()
        return switch level {
        case .muted: "You mute \(object) now"
        case .regular: "\(name) is followed as usual now"
        case .tracking: "You track \(object) now"
        case .watching: "You watch \(object) now"
        case .watchingFirstPost: "You watch the first posts in \(object) now"
        case .ignored: "You ignore \(object) now"
        }
    }
}

/// Why the site follows a topic as it does: Discourse's numbers.
package enum TrackingReason: Int, Sendable, Hashable, Codable {
    case created = 1
    case changed = 2
    case read = 3
    case replied = 4
    case watchedByItself = 5
    case watchedCategory = 6
    case mutedCategory = 7
    case trackedCategory = 8
    case byPlugin = 9
    case watchedTag = 10
    case mutedTag = 11
    case trackedTag = 12

    package var words: String {
        switch self {
        case .created: "because you began it"
        case .changed: "because you chose it"
        case .read: "because you read it for a while"
        case .replied: "because you replied"
        case .watchedByItself: "because you were addressed"
        case .watchedCategory: "because you watch its category"
        case .mutedCategory: "because you muted its category"
        case .trackedCategory: "because you track its category"
        case .byPlugin: "because the site set it so"
        case .watchedTag: "because you watch one of its tags"
        case .mutedTag: "because you muted one of its tags"
        case .trackedTag: "because you track one of its tags"
        }
    }
}

extension Model {
    /// Lets the member choose how closely something is followed; the present level is marked.
    mutating func chooseLevel(of followed: Followed, now level: TrackingLevel?, because: String?) {
        let levels: [TrackingLevel] =
            switch followed {
            case .topic: [.watching, .tracking, .regular, .muted]
            case .category, .tag: [.watching, .watchingFirstPost, .tracking, .regular, .muted]
            case .person: [.regular, .muted, .ignored]
            }
        let rows = levels.map { candidate in
            Choice(
                candidate.name,
                detail: candidate == level ? because ?? candidate.summary : candidate.summary,
                isCurrent: candidate == level,
                .follow(followed, candidate)
            )
        }
        choose("How closely to follow", from: rows)
    }

    /// Where the site lets it be chosen, how the posts of a place come is asked next.
    mutating func follow(_ followed: Followed, _ level: TrackingLevel) -> [Effect] {
        guard let deliveries = site.deliveries, followed.isPlace, level >= .tracking else {
            return [.setLevel(followed, level)]
        }
        let current = delivery(of: followed)
        let rows = deliveries.map { delivery in
            Choice(
                delivery.name,
                detail: delivery.summary,
                isCurrent: delivery == current,
                .deliver(followed, level, delivery)
            )
        }
        choose("How its posts come", from: rows)
        return []
    }

    private func delivery(of followed: Followed) -> Delivery? {
        guard case .category(let id, _) = followed else { return nil }
        return site.category(id)?.delivery
    }

    /// What the visible screen would follow, with its level as far as it is known.
    var followedHere: (followed: Followed, level: TrackingLevel?, reason: String?)? {
        switch screens[screens.count - 1] {
        case .topic(let state):
            return (.topic(state.id), state.level, state.reason?.words)
        case .topicList(let state):
            switch state.kind {
            case .category(let id, _, let name):
                return (.category(id: id, name: name), site.category(id)?.level, nil)
            case .tag(let name):
                return (.tag(name), nil, nil)
            default:
                return state.selectedRow.map { (.topic($0.id), nil, nil) }
            }
        case .categories(let state):
            guard site.categories.indices.contains(state.selected) else { return nil }
            let category = site.categories[state.selected]
            return (.category(id: category.id, name: category.name), category.level, nil)
        case .person(let state):
            return state.person.map { (.person($0.username), $0.level, nil) }
        default:
            return nil
        }
    }

    /// Follows what the screen shows as closely as a key says.
    mutating func setLevel(_ level: TrackingLevel) -> [Effect] {
        guard isMember("follow topics"), let here = followedHere else { return [] }
        return [.setLevel(here.followed, level)]
    }

    mutating func chooseLevelHere() -> [Effect] {
        guard isMember("follow topics"), let here = followedHere else { return [] }
        chooseLevel(of: here.followed, now: here.level, because: here.reason)
        return []
    }

    mutating func finish(_ followed: Followed, _ level: TrackingLevel, _ delivery: Delivery?) {
        switch followed {
        case .topic(let id):
            changeTopics(id) { state in
                state.level = level
                state.reason = .changed
            }
        case .category(let id, _):
            for index in site.categories.indices where site.categories[index].id == id {
                site.categories[index].level = level
                if let delivery { site.categories[index].delivery = delivery }
            }
        case .tag:
            break
        case .person(let username):
            changePeople { state in
                if state.person?.username == username {
                    state.person?.level = level
                }
            }
        }
        say(followed.words(level, delivery))
    }
}
