import Forum
import ForumAPI

/// The small form that changes how closely somebody follows something, and how its posts come.
struct LevelMenu: Sendable {
    /// Below `/forms/`.
    let action: String
    let back: String
    /// Names it where the page does not: in a table of several.
    var what: String?
    let levels: [(value: String, label: String)]
    let current: String
    /// What has no choice of it has none.
    var delivery: Delivery?

    private init(
        _ action: String,
        _ levels: [Forum.NotificationLevel],
        _ current: Int,
        back: String
    ) {
        self.action = action
        self.back = back
        self.levels = levels.map { (String($0.rawValue), Self.label($0)) }
        self.current = String(current)
    }

    static func topic(_ id: TopicID, level: Int, back: String) -> Self {
        let levels = Forum.NotificationLevel.allCases.filter { $0 != .watchingFirstPost }
        return Self("topics/\(id)/level", levels, level, back: back)
    }

    static func category(_ category: Forum.Category, back: String) -> Self {
        var menu = Self(
            "categories/\(category.id)/level",
            Forum.NotificationLevel.allCases,
            category.notificationLevel,
            back: back
        )
        menu.delivery = category.delivery
        return menu
    }

    static func tag(_ tag: Tag, back: String) -> Self {
        var menu = Self(
            "tags/\(percentEncoded(tag.name))/level",
            Forum.NotificationLevel.allCases,
            tag.notificationLevel,
            back: back
        )
        menu.delivery = tag.delivery
        return menu
    }

    static func group(_ group: GroupMembership, back: String) -> Self {
        Self(
            "groups/\(percentEncoded(group.name))/level",
            Forum.NotificationLevel.allCases,
            group.level,
            back: back
        )
    }

    /// Somebody whom one wants to hear nothing of, or not even see.
    init(person: String, relation: UserRelation?, back: String) {
        action = "people/\(percentEncoded(person))/level"
        self.back = back
        levels = Self.relations
        current = relation?.rawValue ?? ""
    }

    static let relations: [(value: String, label: String)] = [
        ("", "Normal"), (UserRelation.muted.rawValue, "Muted"),
        (UserRelation.ignored.rawValue, "Ignored for four months"),
    ]

    static let deliveries: [(value: String, label: String)] = Delivery.allCases.map {
        ($0.rawValue, label($0))
    }

    static func label(_ level: Forum.NotificationLevel) -> String {
        switch level {
        case .muted: "Muted"
        case .regular: "Normal"
        case .tracking: "Tracking"
        case .watching: "Watching"
        case .watchingFirstPost: "Watching new topics"
        }
    }

    static func label(_ delivery: Delivery) -> String {
        switch delivery {
        case .each: "A mail for each post"
        case .daily: "One mail a day"
        case .weekly: "One mail a week"
        case .web: "No mail"
        }
    }

    var fields: Fields {
        [
            "action": action, "back": back, "what": what,
            "levels": Self.options(levels, current),
            "hasDelivery": delivery != nil,
            "deliveries": Self.options(Self.deliveries, delivery?.rawValue),
        ]
    }

    private static func options(
        _ all: [(value: String, label: String)],
        _ current: String?
    ) -> [Fields] {
        all.map { option -> Fields in
            [
                "value": option.value, "label": option.label,
                "isChosen": option.value == current,
            ]
        }
    }
}
