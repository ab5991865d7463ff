import Foundation
import TerminalUI

/// What the site answers to what the screens ask.
extension EffectRunner {
    func answer(_ effect: Effect) async throws(Failure) -> [Message] {
        switch effect {
        case .loadSite:
            let info = try await service.info()
            Task { await resumeQueue() }
            Task {
                if let waiting = await service.waitingTopics() {
                    post(.waitingLoaded(waiting))
                }
            }
            return [.siteLoaded(info), .queueCounted(queue.all().count)]
        case .loadTopics(.everywhere, _):
            return [.topicsLoaded(.everywhere, page: 0, await everywhere())]
        case .loadTopics(let kind, let page):
            return [.topicsLoaded(kind, page: page, try await service.topics(kind, page: page))]
        case .loadTopic(let id, let near):
            return [.topicLoaded(try await service.topic(id, near: near), near: near)]
        case .loadPosts(let topic, let ids):
            return [
                .postsLoaded(topic: topic, posts: try await service.posts(topic: topic, ids: ids))
            ]
        case .findInTopic(let topic, let words):
            let numbers = try await service.find(words, inTopic: topic)
            return [.foundInTopic(topic: topic, words: words, numbers: numbers)]
        case .loadPerson(let username):
            return [.personLoaded(try await service.person(username))]
        case .loadNotifications:
            return [.notificationsLoaded(try await service.notifications())]
        case .loadChoices(let source):
            return [.choicesLoaded(source, try await choices(source))]
        case .loadReview:
            return [.reviewLoaded(try await service.review())]
        case .findUnread:
            return [try await findUnread()]
        default:
            return try await answerText(effect)
        }
    }

    // MARK: Writing

    private func answerText(_ effect: Effect) async throws(Failure) -> [Message] {
        switch effect {
        case .loadRaw(let post):
            return [.rawLoaded(post: post, raw: try await service.raw(post: post))]
        case .copyText(let post):
            return [.textForClipboard(try await service.raw(post: post))]
        case .pipe(let post, let command):
            return [.textForCommand(command, try await service.raw(post: post))]
        case .submit(let submission):
            let receipt = try await service.submit(submission)
            return [
                .submitted(
                    submission.key,
                    topic: receipt.topic,
                    postNumber: receipt.postNumber,
                    isPending: receipt.isPending
                )
            ]
        case .queue(let submission):
            return try enqueue(submission)
        case .hold(let submission, let seconds):
            return try hold(submission, seconds)
        case .takeBack(let id, let key, let draft):
            return try await takeBack(id, key, draft)
        case .complete(let wanted):
            let prefix =
                switch wanted {
                case .tag(let text), .person(let text): text
                }
            return [.completed(prefix: prefix, try await service.names(wanted))]
        case .findSimilar(let title):
            return [.similarFound(title: title, try await service.similar(to: title))]
        case .upload(let key, let path):
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let markdown = try await service.upload(path: path) { [self] percent in
                post(.uploading(key, name: name, percent: percent))
            }
            return [.uploaded(key, markdown: markdown)]
        case .delete(let topic, let post):
            try await service.delete(post: post)
            return [.postDeleted(topic: topic, post: post)]
        case .recover(let topic, let post):
            try await service.recover(post: post)
            return [.postRecovered(topic: topic, post: post)]
        default:
            return try await answerAction(effect)
        }
    }

    // MARK: Acting

    private func answerAction(_ effect: Effect) async throws(Failure) -> [Message] {
        switch effect {
        case .setLike(let topic, let post, let on):
            return [.postChanged(topic: topic, post: try await service.setLike(post: post, on: on))]
        case .bookmark(let change):
            return [.bookmarked(change, id: try await service.bookmark(change))]
        case .flag(let topic, let post, let reason, let message):
            let flagged = try await service.flag(post: post, reason, message: message)
            return [.flagged(topic: topic, flagged)]
        case .vote(let ballot):
            return try await service.vote(ballot).map {
                [.postChanged(topic: ballot.topic, post: $0), .notice("Your vote counts.")]
            } ?? []
        case .setLevel(let followed, let level, let delivery):
            try await service.setLevel(followed, level, delivery: delivery)
            return [.levelSet(followed, level, delivery: delivery)]
        case .markUnread(let topic, let after):
            try await service.markUnread(topic: topic, after: after)
            return []
        case .dismiss(let topics):
            try await service.dismiss(topics: topics)
            return [.dismissed(topics)]
        case .markNotificationsRead(let id):
            try await service.markNotificationsRead(id: id)
            return []
        case .moderate(let change):
            try await service.moderate(change)
            return [.moderated(change)]
        case .review(let decision):
            try await service.decide(decision)
            return [.reviewed(decision)]
        case .savePatterns(let patterns):
            do {
                try PatternFile.save(patterns)
            } catch {
                throw Failure(.refused, "The patterns could not be kept: \(error)")
            }
            return []
        default:
            return try await answerLogIn(effect)
        }
    }

    private func answerLogIn(_ effect: Effect) async throws(Failure) -> [Message] {
        switch effect {
        case .logIn(let username, let password, let code):
            switch try await service.logIn(username: username, password: password, code: code) {
            case .loggedIn(let username): return [.loggedIn(username: username)]
            case .codeNeeded: return [.codeNeeded]
            }
        case .logInByBrowser:
            let username = try await service.logInByBrowser { [self] approval in
                post(.approvalNeeded(approval))
            }
            return username.map { [.loggedIn(username: $0)] } ?? []
        case .openKey(let payload):
            return [.loggedIn(username: try await service.openKey(payload))]
        case .logOut:
            try await service.logOut()
            return [.loggedOut]
        default:
            return []
        }
    }

    // MARK: Several sites

    /// What is unread here, and on the other sites of the member.
    private func everywhere() async -> TopicPage {
        var rows: [TopicRow] = []
        do throws(Failure) {
            rows = try await service.allUnread()
        } catch {
            post(.notice(error.message))
        }
        let here = rows.map { row in
            var row = row
            row.site = siteURL
            return row
        }
        let elsewhere = await SiteSet.unread(on: SiteSet.others(than: siteURL))
        return TopicPage(rows: here + elsewhere, hasMore: false)
    }

    private func findUnread() async throws(Failure) -> Message {
        let here = try await service.allUnread()
        guard here.isEmpty else { return .unreadFound(.allUnread, here) }
        return .unreadFound(
            .everywhere,
            await SiteSet.unread(on: SiteSet.others(than: siteURL))
        )
    }

    private func choices(_ source: ChoiceSource) async throws(Failure) -> [Choice] {
        switch source {
        case .tags: return try await service.tags()
        case .sites: return SiteSet.choices(current: siteURL)
        case .drafts: return try await draftChoices()
        }
    }

    /// The drafts of this machine and those of the site, each once.
    private func draftChoices() async throws(Failure) -> [Choice] {
        var found = keptDrafts().map { ($0.key, $0.draft.title, $0.draft, "on this machine") }
        let known = Set(found.map(\.0))
        for kept in try await service.drafts() {
            if let index = found.firstIndex(where: { $0.0 == kept.key }) {
                found[index].1 = kept.title
            } else if !known.contains(kept.key) {
                found.append((kept.key, kept.title, kept.draft, "on the site"))
            }
        }
        return found.map { key, title, draft, place in
            let text = draft.body.split(separator: "\n").first.map(String.init) ?? ""
            let label = title.isEmpty ? key.words : title
            return Choice("\(label): \(text)", detail: place, .openDraft(key, title: title))
        }
    }
}

extension DraftKey {
    /// What is being written.
    var words: String {
        switch self {
        case .newTopic: "New topic"
        case .message: "New message"
        case .reply(let topic): "Reply in topic \(topic)"
        case .edit(let post): "Edit of post \(post)"
        }
    }
}
