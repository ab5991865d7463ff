import Forum
import ForumAPI
import Postgres

/// Everything that a member follows otherwise than as usual, in one table with a form for each.
struct SubscriptionPage: Sendable {
    let username: String
    let details: AccountDetails
    let categories: [Forum.Category]
    let tags: [Tag]

    static let path = "\(RouteTable.formRoot)preferences/"

    private var back: String { "\(PageParts.userPath(username))/preferences/subscriptions" }

    static let paragraphs = [
        "Watching tells you of every post, tracking counts what is new, muting hides it. Mails come "
            + "for each post of what you watch, or as one a day or a week with what is new there, or "
            + "not at all."
    ]

    var sections: [PlainPage.Section] {
        var followed = PlainPage.Section(title: "What you follow")
        let rows = followedPlaces + groups + people
        if rows.isEmpty {
            followed.paragraphs = ["You follow nothing in particular."]
        } else {
            followed.table = PlainPage.Table(columns: ["Kind", "Name"], rows: rows)
        }
        return [followed, categoryForm, tagForm, personForm].compactMap { $0 }
    }

    private func isFollowed(_ level: Int, _ delivery: Delivery) -> Bool {
        level != Forum.NotificationLevel.regular.rawValue || delivery != .each
    }

    private var followedPlaces: [PlainPage.Table.Row] {
        categories.filter { isFollowed($0.notificationLevel, $0.delivery) }
            .map { row("Category", $0.name, LevelMenu.category($0, back: back)) }
            + tags.filter { isFollowed($0.notificationLevel, $0.delivery) }
            .map { row("Tag", $0.name, LevelMenu.tag($0, back: back)) }
    }

    /// Without those of the trust levels, which nobody writes to.
    private var groups: [PlainPage.Table.Row] {
        details.groups.filter { !Forum.Group.trustLevels.contains($0.id.value) }
            .map { row("Group", $0.name, LevelMenu.group($0, back: back)) }
    }

    private var people: [PlainPage.Table.Row] {
        let muted = details.mutedUsernames.map { ($0, UserRelation.muted) }
        let ignored = details.ignoredUsernames.map { ($0, UserRelation.ignored) }
        return (muted + ignored).map { name, relation in
            row("Person", name, LevelMenu(person: name, relation: relation, back: back))
        }
    }

    private func row(_ kind: String, _ name: String, _ menu: LevelMenu) -> PlainPage.Table.Row {
        var menu = menu
        menu.what = name
        return PlainPage.Table.Row(cells: [kind, name], menu: menu)
    }

    // MARK: More to follow

    private var categoryForm: PlainPage.Section? {
        let others = categories.filter { !isFollowed($0.notificationLevel, $0.delivery) }
        guard !others.isEmpty else { return nil }
        return section(
            "Follow a category",
            "category",
            FormField(
                "category_id",
                "Category",
                .choice(others.map { (String($0.id.value), $0.name) }),
                isRequired: true
            )
        )
    }

    private var tagForm: PlainPage.Section? {
        guard !tags.isEmpty else { return nil }
        return section(
            "Follow a tag",
            "tag",
            FormField("tag_name", "Tag", isRequired: true)
        )
    }

    private func section(_ title: String, _ name: String, _ field: FormField) -> PlainPage.Section {
        var section = PlainPage.Section(title: title)
        let levels = Forum.NotificationLevel.allCases
        section.form = PageForm(
            "\(Self.path)follow-\(name)",
            "Follow",
            [
                field,
                FormField(
                    "notification_level",
                    "How closely",
                    .choice(levels.map { (String($0.rawValue), LevelMenu.label($0)) }),
                    value: String(Forum.NotificationLevel.watching.rawValue)
                ),
                FormField("delivery", "Mails", .choice(LevelMenu.deliveries)),
            ]
        )
        section.form?.setPlace(name)
        return section
    }

    private var personForm: PlainPage.Section {
        var section = PlainPage.Section(title: "Hear less of somebody")
        section.form = PageForm(
            "\(Self.path)mute-person",
            "Set",
            [
                FormField("username", "User name", isRequired: true, aliases: ["user"]),
                FormField(
                    "notification_level",
                    "How",
                    .choice(LevelMenu.relations.filter { !$0.0.isEmpty }),
                    hint: "Who is muted is not heard of; who is ignored is not seen either."
                ),
            ]
        )
        section.form?.setPlace("person")
        return section
    }
}

/// What the forms about following something choose.
struct SubscriptionForms: Sendable {
    let community: Community

    /// Seconds for which somebody is ignored by a form.
    private static let ignoredSeconds = 120 * 86_400.0

    static func level(_ call: Call<WireValue>) throws -> Forum.NotificationLevel {
        guard let number = try call.int("notification_level"),
            let level = Forum.NotificationLevel(rawValue: number)
        else {
            throw ForumError(
                .malformed,
                "notification_level is not known.",
                field: "notification_level"
            )
        }
        return level
    }

    /// A level, and a delivery if the form has one.
    static func subscription(_ call: Call<WireValue>) throws -> Subscription {
        var chosen = Subscription(level: try level(call))
        guard let word = try call.text("delivery") else { return chosen }
        guard let delivery = Delivery(rawValue: word) else {
            throw ForumError(.malformed, "delivery is not known.", field: "delivery")
        }
        chosen.delivery = delivery
        return chosen
    }

    func category(_ call: Call<WireValue>) async throws {
        try await community.setSubscription(
            Self.subscription(call),
            category: call.categoryID(),
            by: call.principal
        )
    }

    func tag(_ call: Call<WireValue>) async throws {
        try await community.setSubscription(
            Self.subscription(call),
            tag: call.requiredText("tag_name"),
            by: call.principal
        )
    }

    func group(_ call: Call<WireValue>) async throws {
        let group = try await community.group(
            named: call.requiredText("group_name"),
            for: call.viewer
        )
        try await community.setGroupLevel(
            Self.level(call),
            in: group,
            of: nil,
            by: call.principal
        )
    }

    func person(_ call: Call<WireValue>) async throws {
        let word = try call.text("notification_level") ?? ""
        let relation = UserRelation(rawValue: word)
        guard word.isEmpty || relation == .muted || relation == .ignored else {
            throw ForumError(
                .malformed,
                "notification_level is not known.",
                field: "notification_level"
            )
        }
        try await community.setRelation(
            relation,
            to: call.requiredText("username"),
            until: relation == .ignored ? community.clock() + Self.ignoredSeconds : nil,
            by: call.principal
        )
    }
}
