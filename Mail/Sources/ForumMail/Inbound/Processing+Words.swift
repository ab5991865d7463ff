import Forum
import MailMessage
import Postgres

/// What a mail says and brings along.
extension Processing {
    /// What the author wrote, and what was trimmed off, without our secrets.
    struct Words {
        var kept: String
        let elided: String
    }

    func source(_ words: Words) -> PostSource {
        .email(
            stored.id,
            messageID: message.messageID,
            elided: words.elided.isEmpty ? nil : words.elided
        )
    }

    /// - Throws: `NoBodyDetectedError` for a mail that brings neither words nor files.
    func words() throws(Rejection) -> Words {
        let settings = community.settings.current
        let body = message.body(
            preferHTML: settings.incomingEmailPreferHtml,
            trimming: settings.trimIncomingEmails
        )
        let redaction = intake.redaction
        let kept = redaction.apply(to: body.markdown.withoutBlankEnds)
        guard !kept.isEmpty || !files.isEmpty else {
            throw refusal(.noBody, .refusedNoBody)
        }
        return Words(kept: kept, elided: redaction.apply(to: body.elided))
    }

    /// The files that are wanted: not signatures, cards and what only one mail program reads.
    private var files: [Attachment] {
        let settings = community.settings.current
        let types = settings.blockedAttachmentContentTypes.lowercased().split(separator: "|")
        let names = settings.blockedAttachmentFilenames.lowercased().split(separator: "|")
        return message.attachments.prefix(MailLimits.filesPerMail).filter { file in
            !types.contains { file.contentType.lowercased().contains($0) }
                && !names.contains { $0 == file.filename?.lowercased() ?? "" }
        }
    }

    /// The text of the post with the files of the mail: pictures where they stood, everything else
    /// below.
    func withFiles(_ words: Words, by author: Principal) async throws -> String {
        let texts = community.words()
        var text = words.kept
        var pictures: [String] = []
        var others: [String] = []
        for file in files {
            let name = file.filename ?? file.defaultName
            let id = file.contentID ?? ""
            let stands = !id.isEmpty && text.contains("cid:\(id)")
            // A picture of what was trimmed off, such as a logo in a signature, goes with it.
            if !stands, !id.isEmpty, words.elided.contains("cid:\(id)") { continue }
            guard let upload = try await upload(file, named: name, by: author) else {
                others.append(texts(.postAttachmentMissing, Self.plain(name)))
                continue
            }
            if stands {
                text = text.replacing("cid:\(id)", with: upload.shortURL)
            } else if upload.isImage {
                let picture = Self.picture(upload, named: name)
                if let range = Self.placeholder(of: name, in: text) {
                    text.replaceSubrange(range, with: picture)
                } else {
                    pictures.append(picture)
                }
            } else {
                let kilobytes = Double(upload.size) / 1024
                let size =
                    upload.size < 1024
                    ? "\(upload.size) Bytes" : "\((kilobytes * 10).rounded() / 10) KB"
                others.append("[\(Self.plain(name))|attachment](\(upload.shortURL)) (\(size))")
            }
        }
        if !others.isEmpty {
            let list = others.joined(separator: "\n")
            pictures.append("[details=\"\(texts(.postAttachments))\"]\n\n\(list)\n\n[/details]")
        }
        return ([text] + pictures).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// - Returns: `nil` for a file that the site does not take; its author reads that in the post.
    private func upload(
        _ file: Attachment,
        named name: String,
        by author: Principal
    ) async throws -> Upload? {
        guard file.bytes > 0, file.bytes <= MailLimits.fileBytes else { return nil }
        let new = NewUpload(filename: name, bytes: message.data(of: file), type: "composer")
        do {
            return try await community.createUpload(new, by: author)
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

    // MARK: Mails that were passed on

    /// A mail passed on, as the site wants it shown.
    struct Forwarded {
        /// Who wrote it, where it becomes a post of theirs; `nil` when it is its sender's.
        var author: Principal?
        var words: Words
        /// What its sender wrote above it, when that is a post of its own.
        var comment: String?
    }

    /// - Returns: `nil` for a mail that was not passed on, or where the site hides what was.
    func forwarded(_ words: Words, by principal: Principal) async throws -> Forwarded? {
        let behaviour = community.settings.current.forwardedEmailsBehaviour
        guard behaviour != "hide", Self.isForward(message.subject),
            let inner = ForwardedMessage.find(in: message.bodyText())
        else { return nil }
        let redaction = intake.redaction
        let comment = redaction.apply(to: inner.comment)
        if behaviour == "create_replies", !principal.isStaged, let from = inner.from,
            let author = try await stranger(from)
        {
            let text = redaction.apply(to: inner.text)
            return Forwarded(author: author, words: Words(kept: text, elided: ""), comment: comment)
        }
        let quoted = redaction.apply(to: inner.quoted)
        let text = [comment, "[quote]\n\(quoted)\n[/quote]"].filter { !$0.isEmpty }
        return Forwarded(words: Words(kept: text.joined(separator: "\n\n"), elided: ""))
    }

    /// Whoever passes a mail on can write anything into it: it speaks for nobody who has an account.
    private func stranger(_ address: Address) async throws -> Principal? {
        if let account = try await community.account(email: address.normalized) {
            return account.principal.isStaged ? account.principal : nil
        }
        guard community.settings.current.enableStagedUsers,
            EmailAddressRules.normalise(address.address) != nil
        else { return nil }
        return try await community.stagedUser(address: address.address, name: address.name)
    }

    private static func isForward(_ subject: String?) -> Bool {
        let head = subject?.trimmed.lowercased() ?? ""
        return ["fw:", "fwd:", "tr:"].contains { head.hasPrefix($0) }
    }
}

extension Attachment {
    fileprivate var defaultName: String {
        let subtype = contentType.split(separator: "/").last.map(String.init) ?? "bin"
        return contentType == "message/rfc822" ? "message.eml" : "attachment.\(subtype)"
    }
}
