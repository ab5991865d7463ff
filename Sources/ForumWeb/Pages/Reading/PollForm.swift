import Forum
import Markup
import Postgres

/// A poll as its form: what can be chosen, what was, and how the votes stand as far as that is shown.
enum PollForm {
    static func fields(_ poll: Poll, back: String) -> Fields {
        let title = poll.title.map { HTMLText.plain(html: $0) } ?? ""
        return [
            "label": title.isEmpty ? "Poll" : "Poll: \(title)",
            "name": poll.name,
            "post": poll.postID.value,
            "back": back,
            "options": poll.options.map { option -> Fields in
                [
                    "digest": option.digest,
                    "text": HTMLText.plain(html: option.html),
                    "votes": option.votes.map { PageParts.count($0, "vote") },
                    "isChosen": poll.choices.contains(option.digest),
                    "kind": poll.kind == .multiple ? "checkbox" : "radio",
                ]
            },
            "facts": facts(poll).joined(separator: " · "),
            "isOpen": poll.isOpen,
            "hasVoted": !poll.choices.isEmpty,
        ]
    }

    private static func facts(_ poll: Poll) -> [String] {
        var facts = [PageParts.count(poll.voters, "voter")]
        if poll.kind == .multiple, let least = poll.minimum, let most = poll.maximum {
            facts.append("choose \(least) to \(most)")
        }
        if poll.isPublic { facts.append("votes are public") }
        if !poll.groupNames.isEmpty {
            facts.append("for members of \(poll.groupNames.joined(separator: ", "))")
        }
        if !poll.isOpen {
            facts.append("closed")
        } else if let end = poll.closeAt {
            facts.append("closes \(end.iso8601.prefix(16).replacing("T", with: " ")) UTC")
        }
        return facts
    }
}
