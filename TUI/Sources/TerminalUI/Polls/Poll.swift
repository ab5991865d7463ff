/// A poll of a post.
package struct Poll: Sendable, Hashable, Codable {
    package struct Option: Sendable, Hashable, Codable {
        package var id: String
        package var text: String
        /// nil where the results are not shown yet.
        package var votes: Int?

        package init(id: String, text: String, votes: Int? = nil) {
            self.id = id
            self.text = text
            self.votes = votes
        }
    }

    package var name: String
    package var title: String?
    package var isOpen: Bool
    /// Several options may be chosen.
    package var isMultiple: Bool
    package var voters: Int
    package var options: [Option]
    /// What the member chose.
    package var chosen: Set<String> = []

    package init(name: String, isOpen: Bool, isMultiple: Bool, voters: Int, options: [Option]) {
        self.name = name
        self.isOpen = isOpen
        self.isMultiple = isMultiple
        self.voters = voters
        self.options = options
    }
}

/// A vote on its way.
package struct Ballot: Sendable, Hashable {
    package var topic: Int
    package var post: Int
    package var poll: String
    /// Ids of options; none takes the vote back.
    package var options: [String]

    package init(topic: Int, post: Int, poll: String, options: [String]) {
        self.topic = topic
        self.post = post
        self.poll = poll
        self.options = options
    }
}

extension Poll {
    /// The poll as lines: options with marks, votes and bars.
    package func lines(width: Int) -> [[Cell]] {
        var lines: [[Cell]] = []
        let heading = title.flatMap { $0.isEmpty ? nil : $0 } ?? "Poll"
        lines.append(TextPolicy.field(heading, style: Style(.heading, .strong)).cut(to: width))
        for option in options.prefix(Limits.pollOptions) {
            lines += line(of: option, width: width)
        }
        let count = voters == 1 ? "1 voter" : "\(voters) voters"
        let end = isOpen ? "v votes" : "closed"
        lines.append(TextPolicy.cells("\(count) \u{B7} \(end)", style: .muted).cut(to: width))
        return lines
    }

    private func line(of option: Option, width: Int) -> [[Cell]] {
        let isMine = chosen.contains(option.id)
        let mark = isMultiple ? (isMine ? "[x] " : "[ ] ") : (isMine ? "(x) " : "( ) ")
        let text = StyledText(mark, isMine ? .strong : .text)
        let cells = text.cells + TextPolicy.field(option.text, style: isMine ? .strong : .text)
        guard let votes = option.votes else { return Wrap.rows(cells, columns: width) }
        let share = voters > 0 ? min(100, votes * 100 / voters) : 0
        let steps = 10
        let full = share * steps / 100
        let bar =
            String(repeating: "\u{2588}", count: full)
            + String(repeating: "\u{2591}", count: steps - full)
        let result = TextPolicy.cells("  \(bar) \(share)% (\(votes))", style: .muted)
        guard cells.count + result.count > width else { return [cells + result] }
        return Wrap.rows(cells, columns: width) + [result.cut(to: width)]
    }
}

extension Model {
    /// Lets the member vote in the first open poll of the selected post.
    mutating func vote(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost else { return [] }
        guard let poll = post.polls.first(where: \.isOpen) ?? post.polls.first else {
            say("This post has no poll.")
            return []
        }
        guard poll.isOpen else {
            say("The poll is closed.")
            return []
        }
        guard isMember("vote") else { return [] }
        var rows = poll.options.map { option in
            let isChosen = poll.chosen.contains(option.id)
            var options = [option.id]
            if poll.isMultiple {
                let all = poll.chosen.symmetricDifference([option.id])
                options = poll.options.map(\.id).filter(all.contains)
            }
            let ballot = Ballot(topic: state.id, post: post.id, poll: poll.name, options: options)
            let votes = option.votes.map { "\($0) votes" } ?? ""
            return Choice(option.text, detail: votes, isCurrent: isChosen, .vote(ballot))
        }
        if !poll.chosen.isEmpty {
            let none = Ballot(topic: state.id, post: post.id, poll: poll.name, options: [])
            rows.append(Choice("Take the vote back", .vote(none)))
        }
        choose(poll.title ?? "Vote", from: rows)
        return []
    }
}
