import Forum
import Mustache

/// What a notification mail looks like. The text part is the post as it was written: Markdown reads
/// well, and an answer quotes it as it stands.
struct NotificationTemplates: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate
    private let notice: MustacheTemplate

    init() throws {
        text = try MustacheTemplate(string: Self.textSource)
        html = try MustacheTemplate(string: Self.htmlSource)
        notice = try MustacheTemplate(string: Self.noticeSource)
    }

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
        <html><head><meta charset="utf-8"></head><body>
        <div>{{{cooked}}}</div>
        <hr>
        <p style="color:#666;font-size:small">{{author}} · \
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
