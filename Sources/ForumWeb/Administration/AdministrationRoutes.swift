import Forum
import ForumAPI
import Postgres

/// What administrators decide about the site: settings, texts, colours.
struct AdministrationRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Administration.settings, .admin) { call in
            let filter = (call.body.filter ?? "").lowercased()
            let names = call.body.names.map { Set($0) }
            var reply = SiteSettingListReply()
            reply.siteSettings = community.settings.list()
                .map { AdministrationPresenter.setting($0) }
                .filter { filter.isEmpty || $0.setting.contains(filter) }
                .filter { call.body.category == nil || $0.category == call.body.category }
                .filter { names?.contains($0.setting) ?? true }
            return reply
        }
        routes.serve(API.Administration.setSetting, .admin) { call in
            let name = try call.requiredText("name")
            // The path has `name` for the router; the value comes under the setting's own name.
            guard let value = call.parameters[name], let text = Self.text(of: value) else {
                throw WireError.missing(parameter: name)
            }
            try await community.changeSetting(name, to: text, by: call.principal)
            return NoReply()
        }
        addTexts(to: routes)
        addColors(to: routes)
        routes.serve(API.Administration.plugins, .admin) { _ in PluginListReply() }
        routes.serve(API.Administration.dashboard, .admin) { call in
            let statistics = try await community.aboutStatistics()
            return AdministrationPresenter.dashboard(statistics, community)
        }
        routes.serve(.get, "/admin", .admin) { call in
            var page = PlainPage("Administration")
            page.paragraphs = ["The site is administered with “parleyd” and over its API:"]
            page.links = [
                ("Dashboard", "/admin/dashboard.json"), ("Settings", "/admin/site_settings.json"),
                ("API keys", "/admin/api/keys.json"), ("Users", "/admin/users/list/active.json"),
            ]
            return try await PageWriter(community: community).response(page, for: call)
        }
    }

    private func addTexts(to routes: RouteTable) {
        routes.serve(API.Administration.texts, .admin) { call in
            let texts = try await community.siteTexts(
                matching: call.body.q,
                onlyChanged: call.body.overridden ?? false,
                by: call.principal
            )
            var reply = SiteTextListReply()
            reply.siteTexts = texts.map { AdministrationPresenter.text($0) }
            reply.extras.locale = community.settings.current.defaultLocale
            return reply
        }
        routes.serve(API.Administration.text, .admin) { call in
            try await Self.reply(
                community.siteText(call.requiredText("id"), by: call.principal)
            )
        }
        routes.serve(API.Administration.setText, .admin) { call in
            try await Self.reply(
                community.setSiteText(
                    call.requiredText("id"),
                    to: call.body.siteText.value,
                    by: call.principal
                )
            )
        }
        routes.serve(API.Administration.resetText, .admin) { call in
            try await Self.reply(
                community.setSiteText(call.requiredText("id"), to: nil, by: call.principal)
            )
        }
    }

    private static func reply(_ text: WordedText) -> SiteTextReply {
        var reply = SiteTextReply()
        reply.siteText = AdministrationPresenter.text(text)
        return reply
    }

    private func addColors(to routes: RouteTable) {
        routes.serve(API.Administration.colorSchemes, .admin) { call in
            try await community.colorSchemes(by: call.principal)
                .map { AdministrationPresenter.scheme($0) }
        }
        routes.serve(API.Administration.createColorScheme, .admin) { call in
            let fields = call.body.colorScheme
            let scheme = try await community.createColorScheme(
                name: fields.name,
                baseID: fields.baseSchemeID,
                isSelectable: fields.userSelectable ?? false,
                colors: (fields.colors ?? []).map { .init(name: $0.name, hex: $0.hex) },
                by: call.principal
            )
            return AdministrationPresenter.scheme(scheme)
        }
        routes.serve(API.Administration.themes, .admin) { call in
            var reply = ThemeListReply()
            reply.extras.colorSchemes = try await community.colorSchemes(by: call.principal)
                .map { AdministrationPresenter.scheme($0) }
            reply.extras.locale = community.settings.current.defaultLocale
            return reply
        }
    }

    private static func text(of value: WireValue) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null: ""
        case .array(let parts):
            parts.allSatisfy { $0.stringValue != nil }
                ? parts.compactMap(\.stringValue).joined(separator: "|") : nil
        default: nil
        }
    }
}
