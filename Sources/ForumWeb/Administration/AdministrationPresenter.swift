import Forum
import ForumAPI
import Postgres

enum AdministrationPresenter {
    static func setting(_ entry: SettingsStore.Entry) -> SiteSettingBody {
        let definition = entry.definition
        var body = SiteSettingBody()
        body.setting = definition.name
        body.humanizedName = humanized(definition.name)
        body.description = definition.summary
        body.standard = definition.defaultValue
        body.value = entry.value
        body.overridden = !entry.isDefault
        body.category = category(of: definition.name)
        body.type = definition.kind.word
        body.secret = definition.isSecret
        switch definition.kind {
        case .choice(let values):
            body.validValues = values.map { value in
                var body = SiteSettingValueBody()
                body.name = value
                body.value = value
                return body
            }
        case .integer(let range):
            body.min = range.lowerBound
            body.max = range.upperBound
        case .boolean, .text: break
        }
        return body
    }

    private static func humanized(_ name: String) -> String {
        let words = name.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Discourse's categories, by the words of a setting's name; the first that fits.
    private static let categories: [(words: [String], category: String)] = [
        (["title_length", "post_length", "edit", "mentions", "uncategorized"], "posting"),
        (["api_key", "user_api"], "user_api"),
        (["title", "site_description", "contact_email"], "required"),
        (["rate_limit", "per_day", "per_minute", "unique_posts", "max_emails"], "rate_limits"),
        (["email", "mail", "ignore_by_title", "trimmed"], "email"),
        (["tag"], "tags"), (["upload", "attachment", "image", "avatar"], "files"),
        (["search"], "search"), (["backup"], "backups"), (["badge"], "badges"),
        (["login", "invite", "registrations", "approve", "password", "sso", "connect"], "login"),
        (["trust", "tl1", "tl2", "tl3"], "trust"), (["webhook", "web_hook", "api"], "api"),
        (["locale"], "basic"),
    ]

    private static func category(of name: String) -> String {
        if name == "title" { return "required" }
        return categories.first { $0.words.contains { name.contains($0) } }?.category
            ?? "uncategorized"
    }

    static func text(_ text: WordedText) -> SiteTextBody {
        var body = SiteTextBody()
        body.id = text.text.id
        body.value = text.value
        body.newDefault = text.text.standard
        body.interpolationKeys = text.text.placeholders
        body.hasInterpolationKeys = !text.text.placeholders.isEmpty
        body.overridden = text.isChanged
        body.canRevert = text.isChanged
        return body
    }

    static func scheme(_ scheme: ColorScheme) -> ColorSchemeBody {
        var body = ColorSchemeBody()
        body.id = Int(scheme.id)
        body.name = scheme.name
        body.baseSchemeID = scheme.baseID
        body.userSelectable = scheme.isSelectable
        body.colors = scheme.colors.map { color in
            var body = ColorBody()
            body.name = color.name
            body.hex = color.hex
            body.defaultHex = ColorScheme.base.first { $0.name == color.name }?.hex
            return body
        }
        return body
    }

    static func dashboard(_ statistics: AboutStatistics, _ community: Community) -> DashboardReply {
        var reply = DashboardReply()
        reply.versionCheck.installedVersion = SiteRoutes.discourseVersion
        reply.stats = SitePresenter.about(statistics, community).stats
        let settings = community.settings.current
        if settings.contactEmail.isEmpty {
            reply.problems.append("contact_email is not set: nobody can reach you.")
        }
        if settings.disableEmails == "yes" { reply.problems.append("disable_emails is on.") }
        if !community.baseURL.hasPrefix("https:") {
            reply.problems.append("The site is not reached over HTTPS.")
        }
        reply.updatedAt = community.clock().iso8601
        return reply
    }
}
