import Markup
import Mustache

/// The templates of the pages, `Templates/*.mustache`, which are compiled into the program.
enum PageTemplate: String, CaseIterable, Sendable {
    case layout
    case field
    case form
    case level
    case pager
    case topicRows = "topic_rows"
    case postItem = "post_item"
    case postButtons = "post_buttons"
    case poll
    case excerpts
    case profileHead = "profile_head"

    case home
    case list
    case categories
    case tags
    case topic
    case search
    case profile
    case about
    case plain
    case compose
    case notifications
    case bookmarks
    case drafts

    /// The source as it is compiled in.
    var bytes: [UInt8] {
        switch self {
        case .layout: PackageResources.layout_mustache
        case .field: PackageResources.field_mustache
        case .form: PackageResources.form_mustache
        case .level: PackageResources.level_mustache
        case .pager: PackageResources.pager_mustache
        case .topicRows: PackageResources.topic_rows_mustache
        case .postItem: PackageResources.post_item_mustache
        case .postButtons: PackageResources.post_buttons_mustache
        case .poll: PackageResources.poll_mustache
        case .excerpts: PackageResources.excerpts_mustache
        case .profileHead: PackageResources.profile_head_mustache
        case .home: PackageResources.home_mustache
        case .list: PackageResources.list_mustache
        case .categories: PackageResources.categories_mustache
        case .tags: PackageResources.tags_mustache
        case .topic: PackageResources.topic_mustache
        case .search: PackageResources.search_mustache
        case .profile: PackageResources.profile_mustache
        case .about: PackageResources.about_mustache
        case .plain: PackageResources.plain_mustache
        case .compose: PackageResources.compose_mustache
        case .notifications: PackageResources.notifications_mustache
        case .bookmarks: PackageResources.bookmarks_mustache
        case .drafts: PackageResources.drafts_mustache
        }
    }

    func render(_ fields: Fields) -> HTML {
        guard let text = Self.library.render(fields, withTemplate: rawValue) else {
            preconditionFailure("there is no template \(rawValue)")
        }
        return .rendered(text)
    }

    /// All of them, each able to name the others as parts. Every one begins with the pragma that has
    /// values escaped by this program's own rules: the package's escape whole characters, so that
    /// a quote with an accent on it would pass and end an attribute.
    private static let library: MustacheLibrary = {
        MustacheContentTypes.register(EscapedText(), named: EscapedText.name)
        var library = MustacheLibrary()
        for template in allCases {
            let source = String(decoding: template.bytes, as: UTF8.self)
            do {
                let text = "{{% CONTENT_TYPE:\(EscapedText.name)}}\(source)"
                library.register(try MustacheTemplate(string: text), named: template.rawValue)
            } catch {
                preconditionFailure("the template \(template.rawValue) is not valid: \(error)")
            }
        }
        return library
    }()
}

/// Text of people into HTML, byte by byte.
private struct EscapedText: MustacheContentType {
    static let name = "ESCAPED"

    func escapeText(_ text: String) -> String { Escape.document(text) }
}
