import Postgres

/// A text that the site says and that an administrator may word anew; the ids and texts are
/// Discourse's.
package struct SiteText: Sendable, Equatable {
    package let id: String
    package let standard: String
    /// What stands for something else in it, as `%{name}`.
    package let placeholders: [String]

    /// Every text that can be changed, by id.
    package static let all: [SiteText] = [
        addedAsMemberTitle, addedAsMemberBody, addedAsOwnerTitle, addedAsOwnerBody,
        membershipRequestTitle, userAPIKeyTitle, userAPIKeyAuthorize, userAPIKeyInstructions,
        otpTitle,
    ].sorted { $0.id < $1.id }

    static let addedAsMemberTitle = SiteText(
        id: "system_messages.user_added_to_group_as_member.subject_template",
        standard: "You have been added as a member of the %{group_name} group",
        placeholders: ["group_name"]
    )
    static let addedAsMemberBody = SiteText(
        id: "system_messages.user_added_to_group_as_member.text_body_template",
        standard:
            "You have been added as a member of the [%{group_full_name}](%{group_path}) group.",
        placeholders: ["group_name", "group_full_name", "group_path"]
    )
    static let addedAsOwnerTitle = SiteText(
        id: "system_messages.user_added_to_group_as_owner.subject_template",
        standard: "You have been added as an owner of the %{group_name} group",
        placeholders: ["group_name"]
    )
    static let addedAsOwnerBody = SiteText(
        id: "system_messages.user_added_to_group_as_owner.text_body_template",
        standard:
            "You have been added as an owner of the [%{group_full_name}](%{group_path}) group.",
        placeholders: ["group_name", "group_full_name", "group_path"]
    )
    static let membershipRequestTitle = SiteText(
        id: "groups.request_membership_pm.title",
        standard: "Membership Request for @%{group_name}",
        placeholders: ["group_name"]
    )
    package static let userAPIKeyTitle = SiteText(
        id: "user_api_key.title",
        standard: "Authorize application access",
        placeholders: []
    )
    package static let userAPIKeyAuthorize = SiteText(
        id: "user_api_key.authorize",
        standard: "Authorize",
        placeholders: []
    )
    package static let userAPIKeyInstructions = SiteText(
        id: "user_api_key.instructions",
        standard:
            "We just generated a new user API key for you to use with \"%{application_name}\", "
            + "please paste the following key into your application:",
        placeholders: ["application_name"]
    )
    package static let otpTitle = SiteText(
        id: "user_api_key.otp_confirmation.confirm_title",
        standard: "Continue to %{site_name}",
        placeholders: ["site_name"]
    )

    /// `text` with its placeholders filled in, in one pass: what a value says is never taken for one.
    static func fill(_ text: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "%{") {
            filled += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[..<close])]
            else {
                filled += "%{"
                continue
            }
            filled += value
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

/// A text as it is worded now.
package struct WordedText: Sendable, Equatable {
    package let text: SiteText
    package let value: String

    package var isChanged: Bool { value != text.standard }
}

extension Community {
    /// A text as the site says it, with its placeholders filled in.
    package func say(_ text: SiteText, _ values: [String: String] = [:]) async throws -> String {
        let worded: String? = try await database.value(SiteTextQueries.value(text.id))
        return SiteText.fill(worded ?? text.standard, values)
    }

    /// The texts whose id or wording has `search` in it, as they are worded now.
    package func siteTexts(
        matching search: String?,
        onlyChanged: Bool,
        by principal: Principal
    ) async throws -> [WordedText] {
        _ = try principal.mayAdministerSite()
        let rows: [SiteTextRow] = try await database.all(SiteTextQueries.all)
        let changed = Dictionary(rows.map { ($0.id, $0.value) }, uniquingKeysWith: { $1 })
        let search = (search ?? "").lowercased()
        return SiteText.all.map { WordedText(text: $0, value: changed[$0.id] ?? $0.standard) }
            .filter { !onlyChanged || $0.isChanged }
            .filter {
                search.isEmpty || $0.text.id.lowercased().contains(search)
                    || $0.value.lowercased().contains(search)
            }
    }

    /// - Throws: `.notFound` for a text that there is not.
    package func siteText(_ id: String, by principal: Principal) async throws -> WordedText {
        _ = try principal.mayAdministerSite()
        let text = try Self.known(id)
        let value: String? = try await database.value(SiteTextQueries.value(id))
        return WordedText(text: text, value: value ?? text.standard)
    }

    /// Words a text anew; `nil` gives it its standard wording back.
    ///
    /// - Throws: `.forbidden`, `.notFound`, `.invalid` for placeholders that it does not have.
    package func setSiteText(
        _ id: String,
        to value: String?,
        by principal: Principal
    ) async throws -> WordedText {
        let permitted = try principal.mayAdministerSite()
        let text = try Self.known(id)
        guard let value else {
            _ = try await database.batch([
                SiteTextQueries.reset(id, permitted),
                logLine(StaffAction(.changeSiteText, subject: id), by: principal),
            ])
            return WordedText(text: text, value: text.standard)
        }
        try Self.check(value, of: text)
        _ = try await database.batch([
            SiteTextQueries.set(id, value, permitted, at: clock()),
            logLine(StaffAction(.changeSiteText, subject: id, to: value), by: principal),
        ])
        signals.committed(.site)
        return WordedText(text: text, value: value)
    }

    private static func known(_ id: String) throws(ForumError) -> SiteText {
        guard let text = SiteText.all.first(where: { $0.id == id }) else { throw .notFound }
        return text
    }

    private static func check(_ value: String, of text: SiteText) throws(ForumError) {
        guard value.unicodeScalars.count <= Limits.siteTextMax, !value.utf8.contains(0) else {
            throw ForumError(
                .invalid,
                "Value is too long (maximum is \(Limits.siteTextMax) characters)",
                field: "value"
            )
        }
        var unknown: [String] = []
        var rest = value[...]
        while let open = rest.firstRange(of: "%{") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: "}") else { break }
            let name = String(rest[..<close])
            if !text.placeholders.contains(name) { unknown.append(name) }
        }
        guard unknown.isEmpty else {
            throw ForumError(
                .invalid,
                "The following interpolation key(s) are invalid: "
                    + unknown.map { "\"\($0.prefix(50))\"" }.joined(separator: ", "),
                field: "value"
            )
        }
    }
}
