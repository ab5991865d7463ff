/// A post or topic that is being written.
struct ComposerState: Sendable {
    enum Purpose: Sendable, Hashable {
        case newTopic
        case reply(topic: Int, title: String, toNumber: Int?, toUsername: String?)
        case edit(post: Int, number: Int, topic: Int)
        case message(to: String)
    }

    enum Mode: Sendable, Hashable {
        case editing
        case preview
        /// Asked what becomes of the draft.
        case leaving
        /// Looked over before it goes out.
        case outgoing
        case sending
    }

    /// Where a draft is kept.
    enum Keeping: Sendable, Hashable {
        case nowhere
        case here
        case onSite

        var words: String? {
            switch self {
            case .nowhere: nil
            case .here: "draft kept"
            case .onSite: "draft on the site"
            }
        }
    }

    enum Field: Sendable, Hashable {
        case title
        case recipients
        case category
        case tags
        case body
    }

    let purpose: Purpose
    var mode = Mode.editing
    var title = TextField()
    var categoryID: Int?
    var tags = TextField()
    var recipients = TextField()
    var body = TextArea()
    var focus: Field
    /// The first row of the text, or of the preview, on the screen.
    var top = 0
    /// The draft on disk has been looked at; nothing is written over it before.
    var isDraftKnown = false
    /// The post whose Markdown is on its way, to be quoted or edited.
    var awaitedRaw: Int?
    /// How a quote of that post begins; nil when it is edited and not quoted.
    var quoteHead: String?
    /// Posts that came to the topic since writing began.
    var arrived = 0
    /// Topics whose titles are like this one's.
    var similar: [TopicRow] = []
    /// Names that begin as the word at the cursor does, and that word.
    var completions: [String] = []
    var completed = ""
    /// Where the text is safe.
    var kept = Keeping.nowhere
    /// It could not be written to disk.
    var isUnsafe = false
    /// A file on its way, and how far it is.
    var uploading: String?

    init(_ purpose: Purpose) {
        self.purpose = purpose
        focus = .body
        if case .message(let username) = purpose {
            recipients = TextField(username)
            focus = username.isEmpty ? .recipients : .title
        } else if purpose == .newTopic {
            focus = .title
        }
    }

    var key: DraftKey {
        switch purpose {
        case .newTopic: .newTopic
        case .message: .message
        case .reply(let topic, _, _, _): .reply(topic: topic)
        case .edit(let post, _, _): .edit(post: post)
        }
    }

    var draft: Draft {
        var replyTo: Int?
        if case .reply(_, _, let number, _) = purpose {
            replyTo = number
        }
        return Draft(
            title: title.text,
            categoryID: categoryID,
            tags: tags.text,
            body: body.text,
            replyToNumber: replyTo,
            recipients: recipients.text
        )
    }

    /// The fields, the text last.
    var fields: [Field] {
        switch purpose {
        case .newTopic: [.title, .category, .tags, .body]
        case .message: [.recipients, .title, .body]
        case .reply, .edit: [.body]
        }
    }

    /// Rows above the text.
    var headRows: Int { fields.count - 1 + similar.count }

    mutating func moveFocus(by step: Int) {
        let all = fields
        let index = all.firstIndex(of: focus) ?? 0
        focus = all[(index + step + all.count) % all.count]
    }

    /// Takes what was kept on disk in. Text that was typed in the meantime stays after it.
    mutating func recover(_ kept: Draft?) -> Bool {
        isDraftKnown = true
        guard let kept, !kept.isEmpty else { return false }
        if title.isEmpty {
            title = TextField(kept.title)
        }
        if tags.isEmpty {
            tags = TextField(kept.tags)
        }
        if recipients.isEmpty {
            recipients = TextField(kept.recipients)
        }
        categoryID = categoryID ?? kept.categoryID
        if body.isEmpty {
            body = TextArea(kept.body)
        } else if body.text != kept.body {
            body.insertAtStart(kept.body + "\n\n")
        }
        if case .edit = purpose {
            awaitedRaw = nil
        }
        return true
    }

    /// Takes the Markdown of a post in, as a quote or as the text to edit.
    mutating func take(raw: String, of post: Int) {
        guard awaitedRaw == post else { return }
        awaitedRaw = nil
        if let quoteHead {
            body.insert("\(quoteHead)\n\(raw)\n[/quote]\n\n")
        } else if body.isEmpty {
            body = TextArea(raw)
        } else {
            // Somebody typed before it came: they go on where the post ends.
            body.insertAtStart(raw)
        }
    }

    /// The post is to be changed, and what it says now is not here: what was typed would replace all of it.
    var lacksText: Bool { awaitedRaw != nil && quoteHead == nil }

    /// What is sent, or the reason why nothing can be.
    func submission() -> Result<Submission, Failure> {
        guard !lacksText else {
            return .failure(
                Failure(
                    .refused,
                    "The text of the post has not come yet. Wait, or leave and try again."
                )
            )
        }
        do throws(Failure) {
            return .success(try draft.submission(key))
        } catch {
            return .failure(error)
        }
    }
}

extension ComposerState {
    /// Names by commas or spaces; an `@` before one does not count.
    static func names(in text: String) -> [String] {
        text.split { $0 == "," || $0 == " " }
            .map { String($0.first == "@" ? $0.dropFirst() : $0) }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var rest = Substring(self)
        while rest.first?.isWhitespace ?? false {
            rest.removeFirst()
        }
        while rest.last?.isWhitespace ?? false {
            rest.removeLast()
        }
        return String(rest)
    }
}
