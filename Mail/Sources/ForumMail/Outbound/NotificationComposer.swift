package import Forum
import MailMessage
import Postgres

/// Writes the mail about one post to one person: threads as a mailing list's would, can be answered,
/// can be stopped by one click.
package struct NotificationComposer: Sendable {
    let community: Community
    let templates: NotificationTemplates
    /// Where the mails come from: `noreply@forum.example`.
    let sender: String
    let identity: MailIdentity

    /// - Parameters:
    ///   - sender: From the process configuration; without it the site setting counts.
    ///   - templates: A folder with templates of the administrator's, if there are any.
    /// - Throws: `TemplateFailure` for a template that cannot be used.
    package init(community: Community, sender: String?, templates: String? = nil) throws {
        self.community = community
        self.templates = try NotificationTemplates(folder: templates)
        self.sender = sender ?? community.notificationAddress
        identity = MailIdentity(host: community.host)
    }

    package var envelopeSender: String { sender }

    /// A written mail and the Message-ID it bears.
    package struct Written: Sendable {
        package let messageID: String
        package let bytes: [UInt8]
    }

    /// - Throws: `ComposeError` when a header cannot be written.
    package func write(
        _ mail: NotificationEmail,
        to address: String,
        replyTo: String?,
        unsubscribe: UnsubscribeKey
    ) throws -> Written {
        let messageID = identity.messageID(mail.postID, own: mail.ownMessageID)
        let unsubscribeURL = "\(community.baseURL)/email/unsubscribe/\(unsubscribe.text)"
        var fields = addressFields(mail, to: address, replyTo: replyTo)
        fields += identity.threadFields(ThreadPlace(mail))
        fields += listFields(mail, unsubscribeURL)
        let page = topicURL(mail) + "/\(mail.postNumber)"
        // In the order in which they stand in the mail: references count up through it.
        var posts = PostText(baseURL: community.baseURL, words: mail.words)
        let answered = mail.answered.map { shown($0, page, mail.words, &posts) }
        let context = NotificationTemplates.Context(
            words: mail.words,
            author: mail.authorUsername,
            isTopic: mail.postNumber == 1,
            topicTitle: mail.topicTitle,
            text: posts.text(mail.cooked, page: page),
            cooked: posts.html(mail.cooked, page: page),
            postURL: page,
            unsubscribeURL: unsubscribeURL,
            reason: MailReason(mail).sentence(category: mail.categoryName, mail.words),
            earlier: mail.earlier.map { shown($0, page, mail.words, &posts) },
            answered: answered,
            mayReply: replyTo != nil,
            siteTitle: community.settings.current.title
        )
        let composer = Composer(
            fields: fields,
            text: templates.text(context),
            html: templates.html(context)
        )
        return Written(messageID: messageID, bytes: try composer.build())
    }

    private func shown(
        _ post: ContextPost,
        _ page: String,
        _ words: MailWords,
        _ posts: inout PostText
    ) -> NotificationTemplates.Context.Post {
        NotificationTemplates.Context.Post(
            author: post.author,
            wrote: words(.postWrote, post.author),
            by: words(.postAuthor, post.author),
            quoted: posts.text(post.cooked, page: page, isQuoted: true),
            cooked: posts.html(post.cooked, page: page)
        )
    }

    private func addressFields(
        _ mail: NotificationEmail,
        to address: String,
        replyTo: String?
    ) -> [Composer.Field] {
        let site = community.settings.current.title
        let author = mail.authorName ?? mail.authorUsername
        let now = community.clock().microseconds / 1_000_000
        return [
            .date("Date", MailDate(seconds: now)),
            .addresses(
                "From",
                [Address(name: Self.plain(mail.words(.postFrom, author, site)), address: sender)]
            ),
            .addresses("Reply-To", [Address(name: Self.plain(site), address: replyTo ?? sender)]),
            .addresses(
                "To",
                [
                    Address(
                        name: Self.plain(mail.recipientName ?? mail.recipientUsername),
                        address: address
                    )
                ]
            ),
            .text("Subject", subject(mail)),
        ]
    }

    /// RFC 2919, 2369, 8058 and 3834.
    private func listFields(
        _ mail: NotificationEmail,
        _ unsubscribeURL: String
    ) -> [Composer.Field] {
        let listID = identity.listID(
            own: mail.categoryListID,
            slug: mail.categorySlug,
            parentSlug: mail.parentCategorySlug
        )
        var fields: [Composer.Field] = [
            .structured("List-ID", "<\(listID)>"),
            .structured("List-Archive", "<\(topicURL(mail))>"),
            .structured("List-Help", "<\(community.baseURL)/about>"),
            .structured("List-Post", listPost(mail)),
            .structured("List-Unsubscribe", "<\(unsubscribeURL)>"),
            .structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            .structured("Precedence", "list"),
            .structured("Auto-Submitted", "auto-generated"),
            .structured("X-Auto-Response-Suppress", "All"),
            .structured("X-Parley-Reason", MailReason(mail).rawValue),
            .structured("X-Discourse-Post-Id", "\(mail.postID)"),
            .structured("X-Discourse-Topic-Id", "\(mail.topicID)"),
        ]
        if let category = mail.categoryName {
            fields.append(.text("X-Discourse-Category", Self.plain(category)))
        }
        if !mail.tags.isEmpty {
            fields.append(.text("X-Discourse-Tags", Self.plain(mail.tags.joined(separator: ", "))))
        }
        return fields
    }

    /// Where new topics go (RFC 2369 §3.4).
    private func listPost(_ mail: NotificationEmail) -> String {
        guard community.settings.current.emailIn,
            let address = mail.categoryEmailIn?.split(separator: "|").first,
            address.utf8.allSatisfy({ (33...126).contains($0) && !"<>\"".utf8.contains($0) })
        else { return "NO" }
        return "<mailto:\(address)>"
    }

    private func topicURL(_ mail: NotificationEmail) -> String {
        "\(community.baseURL)/t/\(mail.topicSlug)/\(mail.topicID)"
    }

    /// Discourse's `email_subject`. Its placeholders are replaced in one pass: what a title says is
    /// never taken for one.
    private func subject(_ mail: NotificationEmail) -> String {
        let settings = community.settings.current
        // Discourse: to be in no category needs no word.
        let isUncategorized = mail.categorySlug == "uncategorized"
        let category =
            isUncategorized
            ? [] : [mail.parentCategoryName, mail.categoryName].compactMap { $0 }
        let values = [
            "site_name": community.subjectPrefix,
            "optional_re": mail.postNumber > 1 ? "Re: " : "",
            "optional_pm": mail.isMessage ? mail.words(.postMessage) + " " : "",
            "optional_cat": category.isEmpty ? "" : "[\(category.joined(separator: "/"))] ",
            "optional_tags": mail.tags.isEmpty ? "" : mail.tags.joined(separator: " ") + " ",
            "topic_title": mail.topicTitle,
        ]
        var subject = ""
        var rest = settings.emailSubject[...]
        while let open = rest.firstRange(of: "%{") {
            subject += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[..<close])]
            else {
                subject += "%{"
                continue
            }
            subject += value
            rest = rest[rest.index(after: close)...]
        }
        let words = Self.plain(subject + rest).split(separator: " ")
        return words.joined(separator: " ")
    }

    /// Text that may stand in a header: what would end a line becomes a space, and nothing turns the
    /// direction of what follows.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            case .format where scalar.properties.isBidiControl: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

extension ThreadPlace {
    fileprivate init(_ mail: NotificationEmail) {
        self.init(
            postID: mail.postID,
            postNumber: mail.postNumber,
            ownMessageID: mail.ownMessageID,
            firstPostID: mail.firstPostID,
            firstMessageID: mail.firstMessageID,
            parentPostID: mail.parentPostID,
            parentMessageID: mail.parentMessageID
        )
    }
}
