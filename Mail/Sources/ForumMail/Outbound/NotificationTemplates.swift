import Forum
import Mustache

/// What a notification mail looks like. The text part is the post as it was written: Markdown reads
/// well, and an answer quotes it as it stands.
struct NotificationTemplates: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate
    private let notice: MustacheTemplate
    private let digest: MustacheTemplate

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
        digest = try TemplateSource(
            name: "digest.html.mustache",
            builtIn: Self.digestSource,
            tags: Self.digestTags,
            safe: ["cooked"]
        ).template(in: folder)
    }

    private static let tags: Set<String> = [
        "author", "isTopic", "topicTitle", "raw", "cooked", "postURL", "unsubscribeURL", "reason",
        "mayReply", "siteTitle", "answered", "hasEarlier", "earlier", "quoted",
    ]

    private static let digestTags: Set<String> = [
        "title", "notes", "topics", "others", "hasOthers", "unsubscribeURL", "url", "place",
        "posts",
        "author", "when", "cooked", ".",
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
        /// What stands in the topic before it, the oldest first.
        var earlier: [Post] = []
        /// The post that it answers.
        var answered: Post?
        var mayReply: Bool
        var siteTitle: String

        struct Post {
            var author: String
            var raw: String
            var cooked: String

            /// The text as a quotation.
            var quoted: String {
                raw.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
            }
        }
    }

    func text(_ context: Context) -> String { text.render(Self.values(context)) }

    func html(_ context: Context) -> String { html.render(Self.values(context)) }

    func html(_ page: DigestPage) -> String {
        digest.render([
            "title": page.title, "notes": page.notes, "topics": page.values.map(Self.values),
            "others": page.others.map(Self.values), "hasOthers": !page.others.isEmpty,
            "unsubscribeURL": page.unsubscribeURL,
        ])
    }

    private static func values(_ topic: DigestPage.Topic) -> [String: Any] {
        [
            "title": topic.title, "url": topic.url, "place": topic.place,
            "posts": topic.posts.map { post in
                [
                    "author": post.author, "when": post.when, "url": post.url,
                    "cooked": post.cooked,
                ]
            },
        ]
    }

    private static func values(_ post: Context.Post) -> [String: Any] {
        ["author": post.author, "quoted": post.quoted, "cooked": post.cooked]
    }

    func html(_ mail: NoticeEmail) -> String {
        var values: [String: Any] = ["paragraphs": mail.paragraphs, "closing": mail.closing]
        if let link = mail.link { values["link"] = link }
        return notice.render(values)
    }

    private static func values(_ context: Context) -> [String: Any] {
        var values: [String: Any] = [
            "author": context.author, "isTopic": context.isTopic,
            "topicTitle": context.topicTitle, "raw": context.raw, "cooked": context.cooked,
            "postURL": context.postURL, "unsubscribeURL": context.unsubscribeURL,
            "reason": context.reason, "mayReply": context.mayReply,
            "siteTitle": context.siteTitle, "hasEarlier": !context.earlier.isEmpty,
            "earlier": context.earlier.map { Self.values($0) },
        ]
        if let answered = context.answered { values["answered"] = [Self.values(answered)] }
        return values
    }

    /// `{{{…}}}` is verbatim: there is no markup in a text part.
    private static let textSource = """
        {{#answered}}{{{author}}} wrote:
        {{{quoted}}}

        {{/answered}}{{{raw}}}
        {{#hasEarlier}}

        Previous replies

        {{#earlier}}{{{author}}} wrote:
        {{{quoted}}}

        {{/earlier}}{{/hasEarlier}}

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
        {{#answered}}<blockquote><p>{{author}}:</p>{{{cooked}}}</blockquote>{{/answered}}
        <div style="max-width:42em">{{{cooked}}}</div>
        {{#hasEarlier}}<h4>Previous replies</h4>{{#earlier}}
        <blockquote><p>{{author}}:</p>{{{cooked}}}</blockquote>{{/earlier}}{{/hasEarlier}}
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

    private static let digestSource = """
        <!doctype html>
        <html><head><meta charset="utf-8"></head><body>
        <h2>{{title}}</h2>
        {{#notes}}<p>{{.}}</p>
        {{/notes}}{{#topics}}<h3><a href="{{url}}">{{title}}</a></h3>
        <p style="color:#666;font-size:small">{{place}}</p>
        {{#posts}}<p style="color:#666;font-size:small">{{author}} · \
        <a href="{{url}}">{{when}} UTC</a></p>
        <div>{{{cooked}}}</div>
        {{/posts}}<hr>
        {{/topics}}{{#hasOthers}}<h3>Other new topics</h3>
        <ul>{{#others}}<li><a href="{{url}}">{{title}}</a></li>{{/others}}</ul>
        {{/hasOthers}}<p style="color:#666;font-size:small">\
        <a href="{{unsubscribeURL}}">Stop this digest</a>.</p>
        </body></html>
        """
}
