import Cryptography
import Forum
import MailMessage
import Postgres

/// A mail of an archive, read as the post it is to become. Old mail is damaged in every way: what
/// can be understood is kept.
struct ArchivedMail: Sendable {
    /// Why a mail cannot become a post.
    struct Refusal: Error {
        let reason: String
    }

    let messageID: String
    /// What names it by its bytes.
    let fallbackID: String
    let author: Address
    let title: String
    let subjectKey: String
    let isReply: Bool
    let raw: String
    let elided: String
    let date: Timestamp
    let ancestors: [String]
    let listID: String?
    let isDamaged: Bool
    private let message: Message

    /// How far apart mails of one subject may be and still be one thread, in days.
    private static let subjectDays = 30

    init(_ item: MboxReader.Item) throws(Refusal) {
        if let bytes = item.skippedBytes {
            throw Refusal(reason: "it is too large (\(bytes) bytes)")
        }
        guard !item.raw.isEmpty else { throw Refusal(reason: "it is empty") }
        let message = Message.parse(item.raw)
        guard message.headers.count > 0 else { throw Refusal(reason: "it has no header") }
        fallbackID = "\(Hex.encode(Digest.sha256(item.raw)))@imported.invalid"
        messageID = message.messageID ?? fallbackID
        author = Self.author(of: message, item)
        let subject = message.subject ?? ""
        listID = message.listID?.lowercased()
        let cleaned = Self.title(subject, listID: listID)
        title = cleaned.isEmpty ? "(no subject)" : cleaned
        subjectKey = Subject.key(subject)
        isReply = Subject.isReplyOrForward(subject)
        let body = Self.body(of: message)
        raw = body.kept
        elided = body.elided
        date = Self.date(of: message, item)
        // In-Reply-To is the parent; References end with it (RFC 5322 §3.6.4).
        ancestors = message.inReplyTo + message.references.reversed()
        isDamaged = !message.problems.isEmpty
        self.message = message
    }

    func identity(in category: CategoryID) -> ImportedPost.Identity {
        ImportedPost.Identity(
            messageID: messageID,
            fallbackID: fallbackID,
            categoryID: category,
            createdAt: date
        )
    }

    func files(of community: Community) -> MailFiles {
        MailFiles(community: community, message: message)
    }

    func post(by author: UserID, in category: CategoryID) -> ImportedPost {
        ImportedPost(
            messageID: messageID,
            fallbackID: fallbackID,
            categoryID: category,
            authorID: author,
            title: title,
            subjectKey: subjectKey,
            raw: raw,
            createdAt: date,
            elided: elided.isEmpty ? nil : elided,
            ancestors: ancestors,
            subjectDays: isReply ? Self.subjectDays : nil
        )
    }

    /// Who wrote it. Archives hide or damage addresses, and then the name has to do: everybody of that
    /// name is one person. Other fields, which may name the list, count when there is no name either.
    private static func author(of message: Message, _ item: MboxReader.Item) -> Address {
        if let usable = message.from.first(where: isUsable) { return usable }
        let text = message.headers.text("From")?.trimmed.storable ?? ""
        guard text.isEmpty || text == "<>" else { return unknown(text) }
        let others =
            message.sender + message.replyTo
            + [item.envelopeSender].compactMap { $0 }.map { Address(name: "", address: $0) }
        return others.first(where: isUsable) ?? unknown("unknown")
    }

    private static func isUsable(_ address: Address) -> Bool {
        EmailAddressRules.normalise(address.address, allowingLocalDomains: true) != nil
    }

    /// `anna at list.example (Anna)` is Anna.
    private static func unknown(_ label: String) -> Address {
        let hash = Hex.encode(Array(Digest.sha256(label.lowercased()).prefix(8)))
        var name = label
        if label.hasSuffix(")"), let open = label.lastIndex(of: "(") {
            name = String(label[label.index(after: open)...].dropLast()).trimmed
        }
        return Address(name: name.isEmpty ? label : name, address: "\(hash)@unknown.invalid")
    }

    /// The subject without prefixes and without the list's own tag, which says where the topic stands
    /// anyway.
    private static func title(_ subject: String, listID: String?) -> String {
        let cleaned = Subject.cleaned(subject).trimmed
        guard let label = listID?.prefix(while: { $0 != "." }), !label.isEmpty,
            cleaned.lowercased().hasPrefix("[\(label)]")
        else { return cleaned }
        return Subject.cleaned(String(cleaned.dropFirst(label.count + 2))).trimmed
    }

    private static func body(of message: Message) -> (kept: String, elided: String) {
        if message.headers.text(ArchiveComposer.markupField)?.trimmed == ArchiveComposer.markup {
            return (message.body(preferHTML: false, trimming: false).markdown, "")
        }
        let trimmed = message.body(preferHTML: false, trimming: true)
        if !trimmed.markdown.trimmed.isEmpty {
            return (
                markdown(trimmed.markdown, trimmed.source), markdown(trimmed.elided, trimmed.source)
            )
        }
        let whole = message.body(preferHTML: false, trimming: false)
        let text = whole.markdown.trimmed.isEmpty ? "" : markdown(whole.markdown, whole.source)
        return (text.isEmpty ? "(no text)" : text, "")
    }

    /// Who wrote to a mailing list wrote plain text, and means every character of it.
    private static func markdown(_ text: String, _ source: Body.Source) -> String {
        switch source {
        case .text: PlainTextMarkdown.convert(text)
        case .html: text
        }
    }

    /// The Date field, else the day it was delivered; never the future.
    private static func date(of message: Message, _ item: MboxReader.Item) -> Timestamp {
        let now = Timestamp.now()
        let seconds = [message.date, item.envelopeDate].compactMap { $0?.seconds }
            .first { $0 > 0 && $0 <= now.microseconds / 1_000_000 }
        return seconds.map { Timestamp(microseconds: $0 * 1_000_000) } ?? now
    }
}
