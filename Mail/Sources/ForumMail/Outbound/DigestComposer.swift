package import Forum
import Foundation
import MailMessage
import Postgres

extension NotificationComposer {
    /// Writes a digest to one person: digests of one category or tag make a thread of their own, apart
    /// from the topics that they tell of.
    ///
    /// - Throws: `ComposeError` when a header cannot be written.
    package func write(
        _ digest: DigestEmail,
        _ id: OutgoingEmailID,
        to address: String,
        unsubscribe: UnsubscribeKey
    ) throws -> Written {
        let site = community.settings.current.title
        let title = Self.title(of: digest)
        let now = community.clock().microseconds / 1_000_000
        // The same mail sent twice bears the same id.
        let messageID = EmailMessageID.digest("\(id)", host: community.host)
        let unsubscribeURL = "\(community.baseURL)/email/unsubscribe/\(unsubscribe.text)"
        var fields: [Composer.Field] = [
            .date("Date", MailDate(seconds: now)),
            .addresses("From", [Address(name: Self.plain(site), address: sender)]),
            .addresses(
                "To",
                [Address(name: Self.plain(digest.recipientName), address: address)]
            ),
            .text(
                "Subject",
                Self.plain(digest.words(.digestSubject, community.subjectPrefix, title))
            ),
            .structured("Message-ID", "<\(messageID)>"),
        ]
        if let thread = thread(of: digest) {
            fields += [
                .structured("In-Reply-To", "<\(thread)>"), .structured("References", "<\(thread)>"),
            ]
        }
        fields += [
            .structured("List-ID", "<\(listID(digest))>"),
            .structured("List-Archive", "<\(archive(digest))>"),
            .structured("List-Unsubscribe", "<\(unsubscribeURL)>"),
            .structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            .structured("Precedence", "list"), .structured("Auto-Submitted", "auto-generated"),
            .structured("X-Auto-Response-Suppress", "All"),
        ]
        let page = DigestPage(
            digest,
            title: title,
            baseURL: community.baseURL,
            unsubscribeURL: unsubscribeURL
        )
        let composer = Composer(fields: fields, text: page.text, html: templates.html(page))
        return Written(messageID: messageID, bytes: try composer.build())
    }

    private static func title(of digest: DigestEmail) -> String {
        let words = digest.words
        let place: String
        switch digest.subject {
        case .summary:
            let topics = digest.topics.count + digest.otherTopics.count
            return words.counting(.digestMissed, topics)
        case .category(_, let name, _, _): place = name
        case .tag(_, let name): place = "#\(name)"
        }
        return words(
            .digestOf,
            place,
            words.counting(.digestTopics, digest.topics.count),
            words.counting(.digestPosts, digest.postCount)
        )
    }

    /// What all digests of one subscription answer: a message that there never was.
    private func thread(of digest: DigestEmail) -> String? {
        switch digest.subject {
        case .summary: nil
        case .category(let id, _, _, _):
            EmailMessageID.digest("category/\(id)", host: community.host)
        case .tag(let id, _): EmailMessageID.digest("tag/\(id)", host: community.host)
        }
    }

    private func listID(_ digest: DigestEmail) -> String {
        switch digest.subject {
        case .summary: "digest.\(community.host)"
        case .category(_, _, let slug, let parentSlug):
            identity.listID(own: nil, slug: slug, parentSlug: parentSlug)
        case .tag(_, let name): identity.listID(own: nil, slug: name, parentSlug: "tag")
        }
    }

    private func archive(_ digest: DigestEmail) -> String {
        switch digest.subject {
        case .summary: community.baseURL
        case .category(let id, _, let slug, let parentSlug):
            "\(community.baseURL)/c/\(parentSlug.map { "\($0)/" } ?? "")\(slug)/\(id)"
        case .tag(let id, let name): "\(community.baseURL)/tag/\(Self.segment(name))/\(id)"
        }
    }

    /// A name as a part of an address.
    private static func segment(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "tag"
    }
}
