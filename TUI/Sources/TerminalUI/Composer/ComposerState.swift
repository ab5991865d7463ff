/// A post or topic that is being written.
struct ComposerState: Sendable {
    enum Purpose: Sendable, Hashable {
        case newTopic
        case reply(topic: Int, title: String, toNumber: Int?, toUsername: String?)
        case edit(post: Int, number: Int, topic: Int)
    }

    enum Mode: Sendable, Hashable {
        case editing
        case preview
        /// Asked what becomes of the draft.
        case leaving
        case sending
    }

    enum Field: Sendable, Hashable {
        case title
        case category
        case tags
        case body
    }

    let purpose: Purpose
    var mode = Mode.editing
    var title = TextField()
    var categoryID: Int?
    var tags = TextField()
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

    init(_ purpose: Purpose) {
        self.purpose = purpose
        focus = purpose == .newTopic ? .title : .body
    }

    var key: DraftKey {
        switch purpose {
        case .newTopic: .newTopic
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
            replyToNumber: replyTo
        )
    }

    /// The fields above the text.
    var fields: [Field] {
        purpose == .newTopic ? [.title, .category, .tags, .body] : [.body]
    }

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
        }
    }

    /// What is sent, or the reason why nothing can be.
    func submission() -> Result<Submission, Failure> {
        let raw = body.text
        if raw.allSatisfy(\.isWhitespace) {
            return .failure(Failure(.refused, "There is nothing to send yet."))
        }
        switch purpose {
        case .newTopic:
            let name = title.text.trimmed
            if name.isEmpty {
                return .failure(Failure(.refused, "A topic needs a title."))
            }
            let names = tags.text.split { $0 == "," || $0 == " " }.map(String.init)
            return .success(
                Submission(
                    key: key,
                    target: .newTopic(title: name, categoryID: categoryID, tags: names),
                    raw: raw
                )
            )
        case .reply(let topic, _, let number, _):
            return .success(
                Submission(key: key, target: .reply(topic: topic, toPost: number), raw: raw)
            )
        case .edit(let post, _, _):
            return .success(Submission(key: key, target: .edit(post: post), raw: raw))
        }
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
