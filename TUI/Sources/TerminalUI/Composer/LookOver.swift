/// Looking a post over before it goes out.
extension Model {
    mutating func lookOver() {
        changeComposer { state in
            guard state.mode != .sending else { return }
            state.mode = .outgoing
            state.top = 0
        }
    }

    /// Takes the text back from the member's editor. Nothing is sent by leaving the editor.
    mutating func takeFromEditor(_ key: DraftKey, _ text: String) {
        var isWritten = false
        changeComposer { state in
            guard state.key == key else { return }
            if state.body.text != text {
                state.body.replace(with: text)
            }
            isWritten = !text.allSatisfy(\.isWhitespace)
        }
        if isWritten {
            lookOver()
        } else {
            changeComposer { state in
                if state.key == key, state.mode == .outgoing {
                    state.mode = .editing
                }
            }
        }
    }

    /// Goes to a field that the look at the post showed to be wrong.
    mutating func editField(for action: Action) {
        let field: ComposerState.Field =
            switch action {
            case .setCategory: .category
            case .setTags: .tags
            case .setRecipients: .recipients
            default: .title
            }
        var isThere = false
        changeComposer { state in
            guard state.fields.contains(field) else { return }
            state.mode = .editing
            state.focus = field
            isThere = true
        }
        if isThere {
            say("^R looks the post over again, ^X sends it.")
        } else {
            say("A reply has no fields of its own.")
        }
    }

    /// Rows that the facts take on that screen.
    var lookedOverRows: Int {
        guard case .composer(let state) = screens[screens.count - 1], state.mode == .outgoing else {
            return 0
        }
        return state.facts(site).count + 1
    }
}

extension ComposerState {
    /// One line about what goes out.
    struct Fact: Sendable, Hashable {
        var name: String
        var text: String
        /// Somebody should look before it goes out.
        var isWarning = false
    }

    /// What goes out, to whom, and what may be wrong with it.
    func facts(_ site: SiteInfo) -> [Fact] {
        var facts: [Fact] = []
        switch purpose {
        case .newTopic:
            facts.append(Fact(name: "Title", text: shown(title.text)))
            facts.append(Fact(name: "Category", text: site.category(categoryID)?.name ?? "(none)"))
            facts.append(Fact(name: "Tags", text: shown(tags.text)))
        case .message:
            facts.append(Fact(name: "To", text: shown(recipients.text)))
            facts.append(Fact(name: "Title", text: shown(title.text)))
        case .reply(_, let title, let number, let username):
            let answered = number.map { "\(username ?? "") (#\($0)), " } ?? ""
            facts.append(
                Fact(name: "To", text: "\(answered)all who follow \u{201C}\(title)\u{201D}")
            )
        case .edit(_, let number, _):
            facts.append(Fact(name: "Changes", text: number > 0 ? "post #\(number)" : "a post"))
        }
        let mentioned = mentions
        if !mentioned.isEmpty {
            facts.append(Fact(name: "Mentions", text: mentioned.joined(separator: ", ")))
        }
        let words = body.text.split(whereSeparator: \.isWhitespace).count
        facts.append(
            Fact(
                name: "Length",
                text: "\(words == 1 ? "1 word" : "\(words) words"), \(lengths(site))"
            )
        )
        if attachments > 0 {
            facts.append(Fact(name: "Files", text: "\(attachments)"))
        }
        return facts
            + (problems(site) + cautions).map { Fact(name: "!", text: $0, isWarning: true) }
    }

    private func shown(_ text: String) -> String {
        text.trimmed.isEmpty ? "(none)" : text.trimmed
    }

    /// What the site will not take.
    private func problems(_ site: SiteInfo) -> [String] {
        var problems: [String] = []
        if case .failure(let failure) = submission() {
            problems.append(failure.message)
        }
        if isTooShort(site) {
            problems.append("This is shorter than the site takes.")
        }
        return problems
    }

    /// What nobody forbids and the writer may not have meant.
    var cautions: [String] {
        var cautions: [String] = []
        if attachments == 0, speaksOfAttachment {
            cautions.append("It speaks of an attachment, and nothing is attached: a attaches.")
        }
        if arrived > 0 {
            cautions.append(
                arrived == 1
                    ? "1 reply came since you began." : "\(arrived) replies came since you began."
            )
        }
        return cautions
    }

    /// Files and pictures in the text, by their Markdown.
    private var attachments: Int {
        body.text.components(of: "](").dropFirst().count { part in
            part.hasPrefix("upload://") || part.hasPrefix("/uploads/")
        }
    }

    private var speaksOfAttachment: Bool {
        let own = body.text.split(separator: "\n").filter {
            !$0.hasPrefix(">") && !$0.hasPrefix("[quote")
        }
        return own.contains { line in
            line.lowercased().split { !$0.isLetter }.contains {
                $0 == "attached" || $0 == "attachment" || $0 == "attachments" || $0 == "attach"
            }
        }
    }

    /// Those who are called by their names, each once.
    private var mentions: [String] {
        var seen: Set<String> = []
        return body.text.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == "," })
            .filter { $0.first == "@" }
            .map { word in
                "@" + word.dropFirst().prefix { $0.isLetter || $0.isNumber || "_.-".contains($0) }
            }
            .map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
            .filter { $0.count > 1 && seen.insert($0.lowercased()).inserted }
    }
}

extension String {
    /// The parts between occurrences of `separator`.
    fileprivate func components(of separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = Substring(self)
        while let found = rest.firstRange(of: separator) {
            parts.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return parts + [rest]
    }
}
