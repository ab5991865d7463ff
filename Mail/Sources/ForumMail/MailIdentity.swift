import Forum
import MailMessage

/// Where a post stands in its topic, as the thread of a mail needs it.
struct ThreadPlace {
    let postID: PostID
    let postNumber: Int
    /// The Message-IDs of mails that the posts came by.
    let ownMessageID: String?
    let firstPostID: PostID?
    let firstMessageID: String?
    let parentPostID: PostID?
    let parentMessageID: String?
}

/// By which ids mail knows the posts and categories of a forum, whoever writes the mail.
struct MailIdentity: Sendable {
    let host: String

    /// A post that came by mail keeps that mail's Message-ID, as long as it can stand in a header and
    /// does not pretend to be one of ours.
    func messageID(_ post: PostID, own messageID: String?) -> String {
        guard let messageID, Self.isPlain(messageID),
            EmailMessageID.post(messageID.lowercased(), host: host.lowercased()) == nil
        else { return EmailMessageID.make(post, host: host) }
        return messageID
    }

    /// RFC 5322 §3.6.4, with ids that never change, so that mail clients thread by them.
    func threadFields(_ place: ThreadPlace) -> [Composer.Field] {
        let messageID = messageID(place.postID, own: place.ownMessageID)
        var fields: [Composer.Field] = [.structured("Message-ID", "<\(messageID)>")]
        guard place.postNumber > 1, let firstID = place.firstPostID else { return fields }
        let first = self.messageID(firstID, own: place.firstMessageID)
        var references = [first]
        if let parent = place.parentPostID, parent != firstID {
            references.append(self.messageID(parent, own: place.parentMessageID))
        }
        fields.append(.structured("In-Reply-To", "<\(references[references.count - 1])>"))
        fields.append(
            .structured("References", references.map { "<\($0)>" }.joined(separator: " "))
        )
        return fields
    }

    /// `category.host`, `sub.parent.host`: constant and made of slugs, so that filters hold
    /// (RFC 2919 §3: a dot-atom of at most 255 octets). A list that moved here keeps its own.
    func listID(own: String?, slug: String?, parentSlug: String?) -> String {
        if let own, Self.isListID(own) { return own }
        let labels = [slug, parentSlug].compactMap { $0 }
            .map { slug in
                String(slug.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            }
            .map { $0.isEmpty ? "category" : String($0.prefix(60)) }
        return (labels + [host]).joined(separator: ".")
    }

    private static func isListID(_ text: String) -> Bool {
        text.contains(".")
            && text.utf8.count <= 255
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy {
                        (33...126).contains($0) && !"<>()[]@,;:\\\"".utf8.contains($0)
                    }
            }
    }

    /// RFC 5322 §3.6.4: printable ASCII with one `@` inside, and short enough for a line.
    static func isPlain(_ messageID: String) -> Bool {
        let parts = messageID.utf8.split(
            separator: UInt8(ascii: "@"),
            omittingEmptySubsequences: false
        )
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && messageID.utf8.count <= 250
            && messageID.utf8.allSatisfy {
                (33...126).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            }
    }
}
