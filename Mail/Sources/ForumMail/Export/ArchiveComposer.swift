import Forum
import MailMessage
import Postgres

/// Writes a post of an archive as the mail that it could have been.
struct ArchiveComposer: Sendable {
    /// Says that the text is Markdown as it was written: an import takes it as it stands, and neither
    /// trims nor escapes it.
    static let markupField = "X-Parley-Markup"
    static let markup = "markdown"

    private let identity: MailIdentity
    private let baseURL: String

    init(community: Community) {
        identity = MailIdentity(host: community.host)
        baseURL = community.baseURL
    }

    /// An entry of an mbox file.
    ///
    /// - Parameter files: Those that the text shows or links to.
    /// - Throws: `ComposeError` when a header cannot be written.
    func entry(_ post: ArchivedPost, files: [ArchivedFile]) throws -> [UInt8] {
        let address = address(post)
        let date = MailDate(seconds: post.createdAt.microseconds / 1_000_000)
        let name = NotificationComposer.plain(post.authorName ?? post.authorUsername)
        var fields: [Composer.Field] = [
            .addresses("From", [Address(name: name, address: address)]),
            .date("Date", date),
            .text("Subject", subject(post)),
        ]
        fields += identity.threadFields(ThreadPlace(post))
        fields += listFields(post)
        let parts = files.map { file in
            Composer.File(
                filename: NotificationComposer.plain(file.upload.originalFilename),
                contentType: "application/octet-stream",
                bytes: file.bytes,
                contentID: file.upload.shortURL.dropFirst("upload://".count)
                    + MailFiles.uploadDomain
            )
        }
        let mail = try Composer(fields: fields, text: post.raw, files: parts).build()
        return MboxWriter.entry(mail, from: address, at: date)
    }

    private func subject(_ post: ArchivedPost) -> String {
        NotificationComposer.plain((post.postNumber > 1 ? "Re: " : "") + post.topicTitle)
    }

    /// Nobody's address is given away: in its place stands one that says who it was and that no mail
    /// can be sent to (RFC 2606).
    private func address(_ post: ArchivedPost) -> String {
        if let own = post.authorAddress, own.utf8.allSatisfy({ (33...126).contains($0) }) {
            return own
        }
        let name = String(
            post.authorUsername.lowercased().unicodeScalars.map { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic
                        || "0123456789_-.".contains(Character(scalar)))
                    ? Character(scalar) : "_"
            }
        )
        return "\(name)@\(identity.host).invalid"
    }

    private func listFields(_ post: ArchivedPost) -> [Composer.Field] {
        let listID = identity.listID(
            own: post.categoryListID,
            slug: post.categorySlug,
            parentSlug: post.parentCategorySlug
        )
        let url = "\(baseURL)/t/\(post.topicSlug)/\(post.topicID)/\(post.postNumber)"
        var fields: [Composer.Field] = [
            .structured("List-ID", "<\(listID)>"),
            .structured("Archived-At", "<\(url)>"),
        ]
        if let category = post.categoryName {
            fields.append(.text("X-Discourse-Category", NotificationComposer.plain(category)))
        }
        if !post.tags.isEmpty {
            let tags = NotificationComposer.plain(post.tags.joined(separator: ", "))
            fields.append(.text("X-Discourse-Tags", tags))
        }
        fields.append(.structured(Self.markupField, Self.markup))
        return fields
    }
}

extension ThreadPlace {
    fileprivate init(_ post: ArchivedPost) {
        self.init(
            postID: post.postID,
            postNumber: post.postNumber,
            ownMessageID: post.ownMessageID,
            firstPostID: post.firstPostID,
            firstMessageID: post.firstMessageID,
            parentPostID: post.parentPostID,
            parentMessageID: post.parentMessageID
        )
    }
}
