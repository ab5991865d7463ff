extension Model {
    /// What the member may do as staff with the open topic.
    mutating func moderate(_ state: TopicState) -> [Effect] {
        let rows = moderationChoices(state)
        guard !rows.isEmpty else {
            say("You cannot moderate this topic.", isFailure: true)
            return []
        }
        choose("Moderate: \(state.title)", from: rows)
        return []
    }

    private func moderationChoices(_ state: TopicState) -> [Choice] {
        let may = state.permissions
        var rows: [Choice] = []
        func status(
            _ can: Bool,
            _ status: Moderation.Status,
            _ isOn: Bool,
            _ on: String,
            _ off: String
        ) {
            guard can else { return }
            let change = Moderation.setStatus(topic: state.id, status, on: !isOn)
            rows.append(Choice(isOn ? off : on, .moderate(change)))
        }
        status(may.canClose, .closed, state.isClosed, "Close the topic", "Open the topic")
        status(may.canArchive, .archived, state.isArchived, "Archive", "Take out of the archive")
        status(may.canPin, .pinned, state.isPinned, "Pin in its category", "Unpin")
        if may.canPin, !state.isPinned {
            let everywhere = Moderation.setStatus(topic: state.id, .pinnedEverywhere, on: true)
            rows.append(Choice("Pin everywhere", .moderate(everywhere)))
        }
        status(may.canHide, .listed, state.isListed, "List again", "Unlist")
        if may.canEdit {
            rows.append(
                Choice("Change the title\u{2026}", .ask(.rename(topic: state.id, state.title)))
            )
            rows.append(Choice("Move to a category\u{2026}", .ask(.recategorise(topic: state.id))))
        }
        if may.canMove, let post = state.selectedPost {
            let posts = [post.id]
            rows.append(
                Choice(
                    "Move post #\(post.number) to a topic\u{2026}",
                    .ask(.moveTo(topic: state.id, posts: posts))
                )
            )
            let rest = state.stream[state.selected...].prefix(Limits.movedPosts)
            rows.append(
                Choice(
                    "Split here: #\(post.number) and what follows become a topic\u{2026}",
                    .ask(.split(topic: state.id, posts: Array(rest)))
                )
            )
            rows.append(
                Choice("Merge into another topic\u{2026}", .ask(.mergeInto(topic: state.id)))
            )
        }
        if may.canDelete {
            rows.append(Choice("Delete the topic", .moderate(.deleteTopic(state.id))))
        }
        if may.canRecover {
            rows.append(Choice("Bring the topic back", .moderate(.recoverTopic(state.id))))
        }
        return rows
    }

    /// What the staff may do with a person.
    mutating func moderate(_ state: PersonState) -> [Effect] {
        guard site.isStaff, let person = state.person else {
            say("Only the staff of the site may do that.", isFailure: true)
            return []
        }
        let (id, name) = (person.id, person.username)
        var rows: [Choice] = []
        if person.isSilenced {
            rows.append(Choice("Let write again", .moderate(.unsilence(user: id, username: name))))
        }
        if person.isSuspended {
            rows.append(Choice("Let log in again", .moderate(.unsuspend(user: id, username: name))))
        }
        for (words, days) in [("a day", 1), ("a week", 7), ("a month", 30), ("good", nil)]
            as [(String, Int?)]
        {
            if !person.isSilenced {
                let change = Moderation.silence(user: id, username: name, days: days, reason: "")
                rows.append(Choice("Silence for \(words)\u{2026}", .ask(.reason(change))))
            }
            if !person.isSuspended {
                let change = Moderation.suspend(user: id, username: name, days: days, reason: "")
                rows.append(Choice("Suspend for \(words)\u{2026}", .ask(.reason(change))))
            }
        }
        choose("Moderate: \(name)", from: rows)
        return []
    }

    /// The site has done it.
    mutating func finish(_ moderation: Moderation) -> [Effect] {
        var words = moderation.done
        if let reversed = moderation.reversed {
            remember(Undo(reversed.done, .moderate(reversed)))
            words += " z takes it back."
        }
        say(words)
        if let username = moderation.username { return [.loadPerson(username)] }
        guard let topic = moderation.topic else { return [] }
        switch moderation {
        case .deleteTopic, .mergeTopic:
            let notice = self.notice
            let effects = openTopicID == topic ? goBack() + refresh() : []
            self.notice = notice
            return effects
        default:
            return reloadTopic(topic)
        }
    }

    /// What was typed about a topic, as the change that it means.
    func moderation(_ kind: PromptState.Kind, _ text: String) -> Result<Moderation, Failure>? {
        switch kind {
        case .rename(let topic, let before):
            return .success(.rename(topic: topic, title: text, before: before))
        case .recategorise(let topic):
            let found = site.categories.filter { $0.name.lowercased().hasPrefix(text.lowercased()) }
            let exact = found.first { $0.name.lowercased() == text.lowercased() }
            guard let category = exact ?? (found.count == 1 ? found.first : nil) else {
                return .failure(
                    Failure(.refused, "There is no one category \u{201C}\(text)\u{201D}.")
                )
            }
            let before = screens.lazy.compactMap { screen in
                if case .topic(let state) = screen, state.id == topic { state } else { nil }
            }.first?.categoryID
            return .success(.setCategory(topic: topic, id: category.id, before: before))
        case .moveTo(let topic, let posts):
            guard let target = topicNumber(text) else { return .failure(noTopic(text)) }
            return .success(.movePosts(topic: topic, posts: posts, to: .topic(target)))
        case .split(let topic, let posts):
            return .success(.movePosts(topic: topic, posts: posts, to: .newTopic(title: text)))
        case .mergeInto(let topic):
            guard let target = topicNumber(text) else { return .failure(noTopic(text)) }
            return .success(.mergeTopic(topic: topic, into: target))
        case .reason(let moderation):
            return .success(moderation.giving(reason: text))
        default:
            return nil
        }
    }

    private func topicNumber(_ text: String) -> Int? {
        Int(text) ?? TopicAddress(text, site: site.url)?.topic
    }

    private func noTopic(_ text: String) -> Failure {
        Failure(.refused, "\u{201C}\(text)\u{201D} is no number or link of a topic.")
    }
}
