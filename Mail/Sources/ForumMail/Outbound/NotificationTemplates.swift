import Forum
import Mustache

/// What a notification mail looks like. The text part is the post as it was written: Markdown reads
/// well, and an answer quotes it as it stands.
struct NotificationTemplates: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate
    private let notice: MustacheTemplate

    /// - Parameter folder: With templates of the administrator's.
    init(folder: String?) throws {
        text = try TemplateSource(
            name: "notification.txt.mustache",
            builtIn: Self.textSource,
            tags: Self.tags,
            safe: nil
        ).template(in: folder)
        html = try TemplateSource(
            name: "notification.html.mustache",
            builtIn: Self.htmlSource,
            tags: Self.tags,
            safe: ["cooked"]
        ).template(in: folder)
        notice = try TemplateSource(
            name: "notice.html.mustache",
            builtIn: Self.noticeSource,
            tags: ["paragraphs", "closing", "link", "."],
            safe: []
        ).template(in: folder)
    }

    private static let tags: Set<String> = [
        "author", "isTopic", "topicTitle", "raw", "cooked", "postURL", "unsubscribeURL", "reason",
        "mayReply", "siteTitle",
    ]

    struct Context {
        var author: String
        var isTopic: Bool
        var topicTitle: String
        var raw: String
        var cooked: String
        var postURL: String
        var unsubscribeURL: String
        var reason: String
        var mayReply: Bool
        var siteTitle: String
    }

    func text(_ context: Context) -> String { text.render(Self.values(context)) }

    func html(_ context: Context) -> String { html.render(Self.values(context)) }

    func html(_ mail: NoticeEmail) -> String {
        var values: [String: Any] = ["paragraphs": mail.paragraphs, "closing": mail.closing]
        if let link = mail.link { values["link"] = link }
        return notice.render(values)
    }

    private static func values(_ context: Context) -> [String: Any] {
        [
            "author": context.author, "isTopic": context.isTopic,
            "topicTitle": context.topicTitle, "raw": context.raw, "cooked": context.cooked,
            "postURL": context.postURL, "unsubscribeURL": context.unsubscribeURL,
            "reason": context.reason, "mayReply": context.mayReply,
            "siteTitle": context.siteTitle,
        ]
    }

    /// `{{{…}}}` is verbatim: there is no markup in a text part.
    private static let textSource = """
        {{{raw}}}

        -- 
        {{#mayReply}}Answer this mail or visit {{/mayReply}}{{^mayReply}}Visit {{/mayReply}}{{{postURL}}}
        {{{reason}}} To stop these mails: {{{unsubscribeURL}}}
        """

    /// `cooked` has been sanitised when it was cooked; everything else is escaped here.
    private static let htmlSource = """
        <!doctype html>
        <html><head><meta charset="utf-8">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark"></head>
        <body style="margin:0;padding:8px;font-family:sans-serif;line-height:1.4">
        <div style="max-width:42em">{{{cooked}}}</div>
        <hr>
        <p style="color:#808080;font-size:small">{{author}} · \
        <a href="{{postURL}}">{{topicTitle}}</a><br>
        {{#mayReply}}Answer this mail to reply.{{/mayReply}} {{reason}} \
        <a href="{{unsubscribeURL}}">Stop these mails</a>.</p>
        </body></html>
        """

    private static let noticeSource = """
        <!doctype html>
        <html><head><meta charset="utf-8"></head><body>
        {{#paragraphs}}<p>{{.}}</p>
        {{/paragraphs}}{{#link}}<p><a href="{{.}}">{{.}}</a></p>
        {{/link}}{{#closing}}<p>{{.}}</p>
        {{/closing}}</body></html>
        """
}
