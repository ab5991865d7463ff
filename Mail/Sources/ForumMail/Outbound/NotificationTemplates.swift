import Forum
import Mustache

/// What a mail looks like: templates, which take their words from the catalogue of the reader's
/// language.
struct NotificationTemplates: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate
    private let notice: MustacheTemplate
    private let digest: MustacheTemplate

    /// - Parameter folder: With templates of the administrator's.
    init(folder: String?) throws {
        text = try Self.textFile.template(in: folder)
        html = try Self.htmlFile.template(in: folder)
        notice = try Self.noticeFile.template(in: folder)
        digest = try Self.digestFile.template(in: folder)
    }

    /// All that an administrator may have instead.
    static var files: [TemplateSource] { [textFile, htmlFile, noticeFile, digestFile] }

    private static let textFile = TemplateSource(
        name: "notification.txt.mustache",
        builtIn: textSource,
        tags: tags,
        safe: nil
    )
    private static let htmlFile = TemplateSource(
        name: "notification.html.mustache",
        builtIn: htmlSource,
        tags: tags,
        safe: ["cooked"]
    )
    private static let noticeFile = TemplateSource(
        name: "notice.html.mustache",
        builtIn: noticeSource,
        tags: ["paragraphs", "closing", "link", "."],
        safe: []
    )
    private static let digestFile = TemplateSource(
        name: "digest.html.mustache",
        builtIn: digestSource,
        tags: digestTags,
        safe: ["cooked"]
    )

    private static let tags: Set<String> = [
        "author", "isTopic", "topicTitle", "raw", "cooked", "postURL", "unsubscribeURL", "reason",
        "mayReply", "siteTitle", "answered", "hasEarlier", "earlier", "quoted", "wrote", "by",
        "previous", "answer", "answerOrVisit", "stop", "stopLink",
    ]

    private static let digestTags: Set<String> = [
        "title", "notes", "topics", "others", "hasOthers", "othersTitle", "unsubscribeURL",
        "stopLink", "url", "place", "posts", "author", "when", "cooked", ".",
    ]

    struct Context {
        var words: MailWords
        var author: String
        var isTopic: Bool
        var topicTitle: String
        /// The post as plain text.
        var text: String
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
            /// `anna wrote:`
            var wrote: String
            /// `anna:`
            var by: String
            /// The text as a quotation.
            var quoted: String
            var cooked: String
        }
    }

    func text(_ context: Context) -> String { text.render(Self.values(context)) }

    func html(_ context: Context) -> String { html.render(Self.values(context)) }

    func html(_ page: DigestPage) -> String {
        digest.render([
            "title": page.title, "notes": page.notes, "topics": page.topics.map(Self.values),
            "others": page.others.map(Self.values), "hasOthers": !page.others.isEmpty,
            "othersTitle": page.words(.digestOthers), "unsubscribeURL": page.unsubscribeURL,
            "stopLink": page.words(.digestStopLink),
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
        [
            "author": post.author, "wrote": post.wrote, "by": post.by, "quoted": post.quoted,
            "cooked": post.cooked,
        ]
    }

    func html(_ mail: NoticeEmail) -> String {
        var values: [String: Any] = ["paragraphs": mail.paragraphs, "closing": mail.closing]
        if let link = mail.link { values["link"] = link }
        return notice.render(values)
    }

    private static func values(_ context: Context) -> [String: Any] {
        let words = context.words
        var values: [String: Any] = [
            "author": context.author, "isTopic": context.isTopic,
            "topicTitle": context.topicTitle, "raw": context.text, "cooked": context.cooked,
            "postURL": context.postURL, "unsubscribeURL": context.unsubscribeURL,
            "reason": context.reason, "mayReply": context.mayReply,
            "siteTitle": context.siteTitle, "hasEarlier": !context.earlier.isEmpty,
            "earlier": context.earlier.map { Self.values($0) },
            "previous": words(.postPrevious), "answer": words(.postAnswer),
            "answerOrVisit":
                words(context.mayReply ? .postAnswerOrVisit : .postVisit, context.postURL),
            "stop": words(.postStop, context.unsubscribeURL), "stopLink": words(.postStopLink),
        ]
        if let answered = context.answered { values["answered"] = [Self.values(answered)] }
        return values
    }

    /// `{{{…}}}` is verbatim: there is no markup in a text part.
    private static let textSource = """
        {{#answered}}{{{wrote}}}
        {{{quoted}}}

        {{/answered}}{{{raw}}}
        {{#hasEarlier}}

        {{{previous}}}

        {{#earlier}}{{{wrote}}}
        {{{quoted}}}

        {{/earlier}}{{/hasEarlier}}

        -- 
        {{{answerOrVisit}}}
        {{{reason}}}
        {{{stop}}}
        """

    /// `cooked` has been sanitised when it was cooked; everything else is escaped here. Styles stand in
    /// the elements, and no colour is set that a dark page would hide.
    private static let head = """
        <!doctype html>
        <html><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark"></head>
        <body style="margin:0;padding:8px;font-family:sans-serif;line-height:1.4;\
        color-scheme:light dark">

        """

    private static let small = "style=\"color:#808080;font-size:small\""
    private static let quote =
        "style=\"margin:.6em 0;padding-left:.8em;border-left:3px solid #808080\""

    private static let htmlSource = """
        \(head){{#answered}}<blockquote \(quote)><p>{{by}}</p>{{{cooked}}}</blockquote>{{/answered}}
        <div style="max-width:42em">{{{cooked}}}</div>
        {{#hasEarlier}}<h4>{{previous}}</h4>{{#earlier}}
        <blockquote \(quote)><p>{{by}}</p>{{{cooked}}}</blockquote>{{/earlier}}{{/hasEarlier}}
        <hr>
        <p \(small)>{{author}} · <a href="{{postURL}}">{{topicTitle}}</a><br>
        {{#mayReply}}{{answer}}{{/mayReply}} {{reason}} \
        <a href="{{unsubscribeURL}}">{{stopLink}}</a>.</p>
        </body></html>
        """

    private static let noticeSource = """
        \(head){{#paragraphs}}<p>{{.}}</p>
        {{/paragraphs}}{{#link}}<p><a href="{{.}}">{{.}}</a></p>
        {{/link}}{{#closing}}<p>{{.}}</p>
        {{/closing}}</body></html>
        """

    private static let digestSource = """
        \(head)<h2>{{title}}</h2>
        {{#notes}}<p>{{.}}</p>
        {{/notes}}{{#topics}}<h3><a href="{{url}}">{{title}}</a></h3>
        <p \(small)>{{place}}</p>
        {{#posts}}<p \(small)>{{author}} · <a href="{{url}}">{{when}} UTC</a></p>
        <div style="max-width:42em">{{{cooked}}}</div>
        {{/posts}}<hr>
        {{/topics}}{{#hasOthers}}<h3>{{othersTitle}}</h3>
        <ul>{{#others}}<li><a href="{{url}}">{{title}}</a></li>{{/others}}</ul>
        {{/hasOthers}}<p \(small)><a href="{{unsubscribeURL}}">{{stopLink}}</a>.</p>
        </body></html>
        """
}
