import Postgres

/// Deciding how the community works.
package enum AdministerSite {}

/// The community as a whole, for actions that concern no single thing in it.
package struct WholeSite: Sendable {
    package init() {}
}

extension Rule where Action == AdministerSite, Resource == WholeSite {
    /// Administrators only.
    package static var administerSite: Self {
        Self { _, principal in principal.isAdmin ? .allow : .deny(.forbidden) }
    }
}

extension Principal {
    /// Proof that the principal is an administrator.
    package func mayAdministerSite() throws(ForumError) -> Permitted<AdministerSite, WholeSite> {
        try may(.administerSite, WholeSite())
    }
}

extension Community {
    /// Changes a setting and tells this process that every answer may look different.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, else as `SettingsStore.set`.
    package func changeSetting(
        _ name: String,
        to value: String,
        by principal: Principal
    ) async throws {
        _ = try principal.mayAdministerSite()
        let definition = SettingDefinition.named(name)
        let old = definition?.shownValue(in: settings.current)
        let new = definition?.isSecret == true ? SettingDefinition.filtered : value
        let action = StaffAction(.changeSiteSetting, subject: name, from: old, to: new)
        try await settings.set(name, to: value, at: clock(), also: [logLine(action, by: principal)])
        let news = news(of: name)
        if !news.isEmpty { _ = try await database.batch(news) }
        signals.committed(.site)
    }

    /// What programs that run are told of a setting: of those that everybody is shown, their value.
    private func news(of name: String) -> [SQL] {
        let site = settings.current
        switch name {
        case "read_only": return LivePresence.readOnly(site.readOnly)
        case "title": return LivePresence.setting(name, site.title)
        case "site_description": return LivePresence.setting(name, site.siteDescription)
        case "default_locale", "login_required", "tagging_enabled": return LivePresence.refresh()
        default: return []
        }
    }

    /// The address that mails come from.
    package var notificationAddress: String {
        let address = settings.current.notificationEmail
        return address.isEmpty ? "noreply@\(host)" : address
    }
}
