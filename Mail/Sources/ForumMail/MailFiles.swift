import Forum
import MailMessage

/// The files of a mail on their way into a post.
struct MailFiles {
    let community: Community
    let message: Message

    /// The part of a Content-ID that says that the text names the file as `upload://…`: so archives of
    /// forums have it.
    static let uploadDomain = "@upload"

    /// The files that are wanted: not signatures, cards and what only one mail program reads.
    var wanted: [Attachment] {
        let settings = community.settings.current
        let types = settings.blockedAttachmentContentTypes.lowercased().split(separator: "|")
        let names = settings.blockedAttachmentFilenames.lowercased().split(separator: "|")
        return message.attachments.prefix(MailLimits.filesPerMail).filter { file in
            !types.contains { file.contentType.lowercased().contains($0) }
                && !names.contains { $0 == file.filename?.lowercased() ?? "" }
        }
    }

    /// A text with the files: pictures where they stood, everything else below.
    ///
    /// - Parameter elided: What was trimmed off; pictures of it go with it.
    func put(
        into kept: String,
        elided: String,
        of author: UserID,
        by principal: Principal
    ) async throws -> String {
        let words = community.words()
        var text = kept
        var pictures: [String] = []
        var others: [String] = []
        for file in wanted {
            let name = file.filename ?? file.defaultName
            let reference = Self.reference(to: file)
            let stands = reference.map { text.contains($0) } ?? false
            // A picture of what was trimmed off, such as a logo in a signature, goes with it.
            if !stands, let reference, elided.contains(reference) { continue }
            guard let upload = try await upload(file, named: name, of: author, by: principal) else {
                others.append(words(.postAttachmentMissing, Self.plain(name)))
                continue
            }
            if stands, let reference {
                text = text.replacing(reference, with: upload.shortURL)
            } else if upload.isImage {
                let picture = Self.picture(upload, named: name)
                if let range = Self.placeholder(of: name, in: text) {
                    text.replaceSubrange(range, with: picture)
                } else {
                    pictures.append(picture)
                }
            } else {
                others.append(
                    "[\(Self.plain(name))|attachment](\(upload.shortURL)) (\(Self.size(upload)))"
                )
            }
        }
        if !others.isEmpty {
            let list = others.joined(separator: "\n")
            pictures.append("[details=\"\(words(.postAttachments))\"]\n\n\(list)\n\n[/details]")
        }
        return ([text] + pictures).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// How the text names a file.
    private static func reference(to file: Attachment) -> String? {
        guard let id = file.contentID, !id.isEmpty else { return nil }
        return id.hasSuffix(uploadDomain)
            ? "upload://\(id.dropLast(uploadDomain.count))" : "cid:\(id)"
    }

    private static func size(_ upload: Upload) -> String {
        let kilobytes = Double(upload.size) / 1024
        return upload.size < 1024
            ? "\(upload.size) Bytes" : "\((kilobytes * 10).rounded() / 10) KB"
    }

    /// - Returns: `nil` for a file that the site does not take; its author reads that in the post.
    private func upload(
        _ file: Attachment,
        named name: String,
        of author: UserID,
        by principal: Principal
    ) async throws -> Upload? {
        guard file.bytes > 0, file.bytes <= MailLimits.fileBytes else { return nil }
        let new = NewUpload(
            filename: name,
            bytes: message.data(of: file),
            type: "composer",
            userID: author
        )
        do {
            return try await community.createUpload(new, by: principal)
        } catch let error as ForumError where !error.isTemporary {
            return nil
        }
    }

    private static func picture(_ upload: Upload, named name: String) -> String {
        let size = upload.shown.map { "|\($0.width)x\($0.height)" } ?? ""
        let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return "![\(plain(base))\(size)](\(upload.shortURL))"
    }

    /// `[image: name]`, as Gmail writes into its plain text, with or without the backslash of Markdown.
    private static func placeholder(of name: String, in text: String) -> Range<String.Index>? {
        ["[image: \(name)]", "\\[image: \(name)\\]"].lazy
            .compactMap { text.firstRange(of: $0) }.first
    }

    /// A name that ends no link and begins no other markup.
    private static func plain(_ name: String) -> String {
        String(name.map { "[]()|\\<>`*_!".contains($0) || $0.isNewline ? "-" : $0 })
    }
}

extension Attachment {
    fileprivate var defaultName: String {
        let subtype = contentType.split(separator: "/").last.map(String.init) ?? "bin"
        return contentType == "message/rfc822" ? "message.eml" : "attachment.\(subtype)"
    }
}
