/// What is marked to be found again: a post, or a whole topic.
package struct Bookmark: Sendable, Hashable, Codable {
    package var topic: Int
    /// The id of the post; nil for the topic itself.
    package var post: Int?
    /// The bookmark that is there already.
    package var id: Int?

    package init(topic: Int, post: Int? = nil, id: Int? = nil) {
        self.topic = topic
        self.post = post
        self.id = id
    }
}

/// When the site reminds of a bookmark.
package enum Reminder: Sendable, Hashable {
    case never
    /// Seconds since 1970, UTC.
    case at(Int64)
}

/// A change of the member's bookmarks.
package enum BookmarkChange: Sendable, Hashable {
    case set(Bookmark, Reminder)
    case remove(topic: Int, post: Int?, id: Int)
}

extension Model {
    /// Marks the selected post, or takes the mark back.
    mutating func bookmarkPost(_ state: TopicState) -> [Effect] {
        guard let post = state.selectedPost, isMember("keep bookmarks") else { return [] }
        let bookmark = Bookmark(topic: state.id, post: post.id, id: post.bookmarkID)
        return toggle(bookmark)
    }

    mutating func bookmarkTopic(_ state: TopicState) -> [Effect] {
        guard isMember("keep bookmarks") else { return [] }
        return toggle(Bookmark(topic: state.id, id: state.bookmarkID))
    }

    private mutating func toggle(_ bookmark: Bookmark) -> [Effect] {
        guard bookmark.id == nil else {
            choose("Bookmark", from: reminderChoices(for: bookmark))
            return []
        }
        // Marked at once; the same key then offers a reminder.
        return setBookmark(bookmark, .never)
    }

    mutating func setBookmark(_ bookmark: Bookmark, _ reminder: Reminder) -> [Effect] {
        [.bookmark(.set(bookmark, reminder))]
    }

    private func reminderChoices(for bookmark: Bookmark) -> [Choice] {
        let hour: Int64 = 3600
        let times: [(String, Int64)] = [
            ("Remind me in two hours", 2 * hour), ("Remind me tomorrow", 24 * hour),
            ("Remind me in three days", 72 * hour), ("Remind me in a week", 168 * hour),
            ("Remind me in a month", 720 * hour),
        ]
        var rows = times.map { words, wait in
            Choice(
                words,
                detail: Timestamp.text(now + wait),
                .bookmark(bookmark, reminder: .at(now + wait))
            )
        }
        rows.append(Choice("No reminder", .bookmark(bookmark, reminder: .never)))
        if let id = bookmark.id {
            let meaning = ChoiceMeaning.removeBookmark(
                topic: bookmark.topic,
                post: bookmark.post,
                id: id
            )
            rows.insert(Choice("Remove the bookmark", meaning), at: 0)
        }
        return rows
    }

    /// The site has changed a bookmark.
    mutating func finish(_ change: BookmarkChange, id: Int?) -> [Effect] {
        let topic: Int
        let post: Int?
        switch change {
        case .set(let bookmark, let reminder):
            (topic, post) = (bookmark.topic, bookmark.post)
            if let id {
                remember(
                    Undo(
                        "The bookmark is gone.",
                        .bookmark(.remove(topic: topic, post: post, id: id))
                    )
                )
            }
            let more =
                if case .at(let time) = reminder {
                    "The site reminds you at \(Timestamp.text(time))."
                } else {
                    "The same key sets a reminder; z takes it back."
                }
            say("Bookmarked. \(more)")
        case .remove(let removedTopic, let removedPost, _):
            (topic, post) = (removedTopic, removedPost)
            let bookmark = Bookmark(topic: topic, post: post)
            remember(Undo("The bookmark is back.", .bookmark(.set(bookmark, .never))))
            say("The bookmark is removed. z brings it back.")
        }
        changeTopics(topic) { state in
            guard let post else {
                state.bookmarkID = id
                return
            }
            state.change(post) { $0.bookmarkID = id }
        }
        changeLists { list in
            guard list.kind == .bookmarks, id == nil else { return }
            list.rows.removeAll { $0.id == topic && (post == nil || $0.bookmark?.post == post) }
            list.move(to: list.selected, height: 1)
        }
        return []
    }

    /// True for members; guests are told to log in.
    mutating func isMember(_ purpose: String) -> Bool {
        guard site.username == nil else { return true }
        say("Log in to \(purpose): type :login", isFailure: true)
        return false
    }
}
