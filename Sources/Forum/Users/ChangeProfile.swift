import Markup
import Postgres

/// What somebody changes about themselves; `nil` leaves as it is, an empty text removes.
package struct ProfileChanges: Sendable {
    package var name: String?
    package var bioRaw: String?
    package var location: String?
    package var website: String?
    package var title: String?
    package var emailLevel: Int?

    package init(
        name: String? = nil,
        bioRaw: String? = nil,
        location: String? = nil,
        website: String? = nil,
        title: String? = nil,
        emailLevel: Int? = nil
    ) {
        self.name = name
        self.bioRaw = bioRaw
        self.location = location
        self.website = website
        self.title = title
        self.emailLevel = emailLevel
    }
}

extension Community {
    /// Changes what a profile shows.
    ///
    /// - Throws: `.notFound`, `.forbidden` (a title is staff's to give), `.invalid`.
    package func changeProfile(
        of id: UserID,
        _ changes: ProfileChanges,
        by principal: Principal
    ) async throws -> User {
        guard let user = try await user(id) else { throw ForumError.notFound }
        let permitted = try principal.may(.changeProfile, user)
        if principal.isSilenced { throw ForumError.silenced }
        let cooked = try checkedProfile(changes, of: user, by: principal)
        let changed: User? = try await database.first(
            ProfileQueries.change(permitted, changes, bioCooked: cooked, at: clock())
        )
        signals.committed(.site)
        guard let changed else { throw ForumError.notFound }
        return changed
    }

    /// - Returns: The bio as HTML, when there is a new one.
    func checkedProfile(
        _ changes: ProfileChanges,
        of user: User,
        by principal: Principal
    ) throws(ForumError) -> String? {
        var changes = changes
        // What is there already may come back unchanged.
        if changes.title == user.title { changes.title = nil }
        if changes.title == "", user.title == nil { changes.title = nil }
        try Self.check(changes, by: principal)
        return changes.bioRaw.map { raw in
            Markdown.cook(raw, options: CookOptions(baseURL: baseURL), context: CookContext()).html
        }
    }

    private static func check(
        _ changes: ProfileChanges,
        by principal: Principal
    ) throws(ForumError) {
        try PersonNameRules.check(changes.name)
        let texts = [
            ("bio_raw", changes.bioRaw, Limits.bioMax),
            ("location", changes.location, Limits.locationMax),
            ("website", changes.website, Limits.websiteMax),
            ("title", changes.title, Limits.userTitleMax),
        ]
        for (field, text, maximum) in texts {
            guard let text else { continue }
            guard text.unicodeScalars.count <= maximum, !text.utf8.contains(0) else {
                throw ForumError(
                    .invalid,
                    "\(field) is too long (maximum is \(maximum) characters)",
                    field: field
                )
            }
        }
        if let website = changes.website, !website.isEmpty {
            let isWeb = website.hasPrefix("https://") || website.hasPrefix("http://")
            guard isWeb, !website.contains(where: \.isWhitespace) else {
                throw ForumError(
                    .invalid,
                    "Website must begin with http:// or https://",
                    field: "website"
                )
            }
        }
        if let level = changes.emailLevel, !(0...2).contains(level) {
            throw ForumError(.invalid, "email_level must be 0, 1 or 2", field: "email_level")
        }
        if changes.title != nil, !principal.isStaff { throw ForumError.forbidden }
    }
}
