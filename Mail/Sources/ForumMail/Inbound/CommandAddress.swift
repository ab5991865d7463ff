import Forum
import MailMessage

/// What a mail to `category+COMMAND@` is for.
enum AddressCommand: Equatable {
    case ask(MailCommand)
    case help
    /// The answer to a mail that asked for it.
    case confirm(String)

    /// - Parameter word: The last word behind a plus.
    init?(_ word: String) {
        switch word.lowercased() {
        case "subscribe", "join": self = .ask(.subscribe)
        case "unsubscribe", "leave": self = .ask(.unsubscribe)
        case "digest": self = .ask(.digest)
        case "help": self = .help
        case let word where word.hasPrefix(Self.confirmation):
            let token = word.dropFirst(Self.confirmation.count)
            guard token.utf8.count == MailCommandToken.length, token.allSatisfy(\.isHexDigit) else {
                return nil
            }
            self = .confirm(String(token))
        default: return nil
        }
    }

    private static let confirmation = "confirm-"
}

/// An address of a category or of a tag in it, with a command behind the plus.
struct CommandAddress: Equatable {
    let command: AddressCommand
    let place: MailCommandPlace

    /// - Parameter tags: What the address has behind its pluses.
    init?(_ tags: [String], of category: EmailInCategory, base: String) {
        guard tags.count <= 2, let command = tags.last.flatMap({ AddressCommand($0) }) else {
            return nil
        }
        self.command = command
        place = MailCommandPlace(
            category: category.id,
            tag: tags.count == 2 ? tags[0] : nil,
            address: base
        )
    }
}

extension Processing {
    /// Does what a command address says, or asks whether it is meant. The answer comes by mail.
    func obey(_ address: CommandAddress, from sender: Correspondent) async throws -> Outcome {
        guard community.settings.current.emailInCommands else {
            throw refusal(.badDestination, .refusedNoAddress)
        }
        let words = community.words()
        do {
            switch address.command {
            case .ask(let command):
                try await community.requestMailCommand(
                    command,
                    address.place,
                    from: sender.normalized,
                    inReplyTo: message.messageID
                )
                return Outcome(verdict: .carriedOut(words(.resultAsked)))
            case .help:
                try await community.sendMailHelp(
                    address.place,
                    to: sender.normalized,
                    inReplyTo: message.messageID
                )
                return Outcome(verdict: .carriedOut(words(.resultHelp)))
            case .confirm(let token):
                try await community.confirmMailCommand(
                    token,
                    answering: message.messageID,
                    place: address.place
                )
                return Outcome(verdict: .carriedOut(words(.resultConfirmed)))
            }
        } catch let error as ForumError where error.code == .notFound {
            throw refusal(.badDestination, .refusedNoAddress)
        }
    }

    /// A mail that only says “unsubscribe” asks whether all mails are to stop.
    func unsubscribing(_ sender: Correspondent, _ words: Words) async throws -> Outcome? {
        guard isSubjectUnsubscribe || isBodyUnsubscribe(words) else { return nil }
        guard sender.account != nil else {
            throw refusal(.unsubscribeNotAllowed, .refusedNothingToStop)
        }
        try await community.requestMailCommand(
            .stop,
            MailCommandPlace(category: nil, tag: nil, address: stored.recipient),
            from: sender.normalized,
            inReplyTo: message.messageID
        )
        return Outcome(verdict: .carriedOut(community.words()(.resultAskedToStop)))
    }

    /// A mail program that unsubscribes for its user writes no more than that.
    var isSubjectUnsubscribe: Bool {
        community.settings.current.unsubscribeViaEmail && Self.isUnsubscribe(message.subject)
    }

    /// As an answer to a post the word speaks of its topic.
    private func isBodyUnsubscribe(_ words: Words) -> Bool {
        guard community.settings.current.unsubscribeViaEmail,
            words.kept.utf8.count <= MailLimits.commandCharacters,
            intake.key(in: stored.recipient) == nil
        else { return false }
        let body = message.body(preferHTML: false, trimming: true).markdown
        return Self.isUnsubscribe(body)
    }

    private static func isUnsubscribe(_ text: String?) -> Bool {
        text?.trimmed.lowercased() == "unsubscribe"
    }
}
