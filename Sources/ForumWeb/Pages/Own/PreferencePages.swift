import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// What members choose for themselves. Each of the pages is the member's own: staff has its tools.
struct PreferencePages: Sendable {
    let community: Community
    let pages: PageWriter

    /// The pages, by the end of their addresses, which are Discourse's.
    enum Tab: String, CaseIterable, Sendable {
        case account
        case profile
        case security
        case notifications
        case subscriptions
        case emails
        case apps

        var label: String {
            switch self {
            case .account: "Account"
            case .profile: "Profile"
            case .security: "Security"
            case .notifications: "Notifications"
            case .subscriptions: "Subscriptions"
            case .emails: "E-mail"
            case .apps: "Apps"
            }
        }
    }

    func add(to routes: RouteTable) {
        routes.serve(.html, "/u/{username}/preferences", .member) { call in
            try await show(.account, call)
        }
        for tab in Tab.allCases {
            routes.serve(.html, "/u/{username}/preferences/\(tab.rawValue)", .member) { call in
                try await show(tab, call)
            }
        }
        addShortcuts(to: routes)
        addForms(to: routes)
        addAccess(to: routes)
    }

    /// Addresses that lead everybody to their own pages, for mails and other places that do not know
    /// who reads them.
    private func addShortcuts(to routes: RouteTable) {
        for path in ["/my/{page}", "/my/{page}/{part}"] {
            routes.serve(.get, path, .open, summary: "One's own pages") { call in
                let rest = try ["page", "part"].compactMap { try call.text($0) }
                    .map { percentEncoded($0) }.joined(separator: "/")
                guard let principal = call.viewer.principal else {
                    return .seeOther(LogInPages.address(returningTo: "/my/\(rest)"))
                }
                return .seeOther("\(PageParts.userPath(principal.username))/\(rest)")
            }
        }
    }

    // MARK: Pages

    private func show(_ tab: Tab, _ call: Call<WireValue>) async throws -> Document {
        let own = try call.principal.username
        guard try call.requiredText("username").lowercased() == own.lowercased() else {
            throw ForumError.notFound
        }
        var page = try await page(tab, call)
        if try call.bool("saved") { page.notice = "Saved." }
        return try await pages.document(page, for: call)
    }

    private func page(_ tab: Tab, _ call: Call<WireValue>) async throws -> PlainPage {
        let principal = try call.principal
        let viewer = call.viewer
        let profile = try await community.profile(named: principal.username, for: viewer)
        let details = try await community.details(
            of: profile.user,
            for: viewer,
            session: call.sessionToken
        )
        let contents = PreferenceForms(profile: profile, details: details)
        var page = PlainPage("Preferences: \(tab.label)")
        page.isNarrow = false
        page.head.place = "preferences"
        page.tabs = Self.tabs(tab, principal)
        switch tab {
        case .account: page.sections = contents.account
        case .profile: page.form = contents.profileForm
        case .security: page.sections = contents.security
        case .emails: page.form = contents.emailForm
        case .notifications: page.form = contents.notificationForm
        case .subscriptions:
            let subscriptions = SubscriptionPage(
                username: principal.username,
                details: details,
                categories: try await community.categories(for: viewer),
                tags: try await community.tags(for: viewer)
            )
            page.paragraphs = SubscriptionPage.paragraphs
            page.sections = subscriptions.sections
        case .apps:
            page.sections = PreferenceForms.apps(try await community.userAPIKeys(of: principal))
        }
        return page
    }

    static func tabs(_ current: Tab?, _ principal: Principal) -> [Fields] {
        Tab.allCases.map { tab in
            [
                "label": tab.label, "address": address(tab, principal),
                "isCurrent": tab == current,
            ]
        }
    }

    static func address(_ tab: Tab, _ principal: Principal) -> String {
        "\(PageParts.userPath(principal.username))/preferences/\(tab.rawValue)"
    }

    // MARK: Forms

    /// A form of one of the pages: it comes back to it, with what was wrong.
    private func form(
        _ name: String,
        _ tab: Tab,
        _ routes: RouteTable,
        _ work: @escaping @Sendable (Call<WireValue>) async throws -> Void
    ) {
        let action = "\(RouteTable.formRoot)preferences/\(name)"
        routes.form(
            "preferences/\(name)",
            .member,
            pages,
            again: FormAgain { call, error in
                var page = try await page(tab, call)
                if page.form?.action == action {
                    page.form = try page.form?.filled(from: call).refused(error)
                } else if let index = page.sections.firstIndex(where: {
                    $0.form?.action == action
                }) {
                    page.sections[index].form = try page.sections[index].form?.filled(from: call)
                        .refused(error)
                } else {
                    page.problems = error.messages
                }
                return try await pages.document(page, for: call)
            }
        ) { call in
            try await work(call)
            return .seeOther("\(Self.address(tab, try call.principal))?saved=true")
        }
    }

    private func addForms(to routes: RouteTable) {
        form("profile", .profile, routes) { call in
            var changes = AccountChanges()
            changes.profile = ProfileChanges(
                name: try call.text("name") ?? "",
                bioRaw: try call.text("bio_raw") ?? "",
                location: try call.text("location") ?? "",
                website: try call.text("website") ?? "",
                title: nil,
                emailLevel: nil
            )
            try await change(changes, call)
        }
        form("emails", .emails, routes) { call in
            var changes = AccountChanges()
            changes.profile.emailLevel = try call.int("email_level")
            changes.options = try PreferenceForms.options(PreferenceForms.mailChoices, call)
            try await change(changes, call)
        }
        form("notifications", .notifications, routes) { call in
            var changes = AccountChanges()
            changes.options = try PreferenceForms.options(PreferenceForms.noticeChoices, call)
            try await change(changes, call)
        }
        let subscriptions = SubscriptionForms(community: community)
        form("follow-category", .subscriptions, routes) { try await subscriptions.category($0) }
        form("follow-tag", .subscriptions, routes) { try await subscriptions.tag($0) }
        form("mute-person", .subscriptions, routes) { try await subscriptions.person($0) }
        form("username", .account, routes) { call in
            let principal = try call.principal
            _ = try await community.changeUsername(
                of: principal.username,
                to: call.requiredText("new_username"),
                by: principal
            )
        }
        form("email", .account, routes) { call in
            let principal = try call.principal
            try await community.requestEmailChange(
                of: principal.username,
                to: call.requiredText("email"),
                by: principal
            )
        }
    }

    private func change(_ changes: AccountChanges, _ call: Call<WireValue>) async throws {
        let principal = try call.principal
        _ = try await community.changeAccount(of: principal.username, changes, by: principal)
    }

    private func addAccess(to routes: RouteTable) {
        form("sessions/revoke", .security, routes) { call in
            let principal = try call.principal
            try await community.endSessions(
                of: principal.username,
                id: try call.int("token_id").map(Int64.init),
                keepingSession: call.sessionToken,
                by: principal
            )
        }
        form("password", .security, routes) { call in
            _ = try await community.requestPasswordReset(login: call.principal.username)
        }
        form("apps/revoke", .apps, routes) { call in
            guard let id = try call.int("id") else { throw ForumError.notFound }
            let principal = try call.principal
            let isOwn = try await community.userAPIKeys(of: principal).contains { $0.id == id }
            guard isOwn else { throw ForumError.notFound }
            try await community.setUserAPIKey(Int64(id), revoked: true, by: principal)
        }
    }
}
