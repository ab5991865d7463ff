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
        let old = SettingDefinition.named(name)?.value(in: settings.current)
        let action = StaffAction(.changeSiteSetting, subject: name, from: old, to: value)
        try await settings.set(name, to: value, at: clock(), also: [logLine(action, by: principal)])
        if name == "read_only" {
            _ = try await database.batch(LivePresence.readOnly(settings.current.readOnly))
        }
        signals.committed(.site)
    }

    /// The address that mails come from.
    package var notificationAddress: String {
        let address = settings.current.notificationEmail
        return address.isEmpty ? "noreply@\(host)" : address
    }
}
