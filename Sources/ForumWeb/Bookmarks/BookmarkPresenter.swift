import Forum
import ForumAPI
import Markup
import Postgres

enum BookmarkPresenter {
    static func list(_ page: BookmarkPage, number: Int, search: String?) -> BookmarkListReply {
        let query = search.map { "&q=\(percentEncoded($0))" } ?? ""
        let name = percentEncoded(page.owner.username.lowercased())
        return BookmarkListReply(
            userBookmarkList: BookmarkListBody(
                moreBookmarksURL: page.hasMore
                    ? "/u/\(name)/bookmarks?page=\(number + 1)\(query)" : nil,
                bookmarks: page.bookmarks.map { row($0) }
            )
        )
    }

    static func inTopic(_ marked: TopicBookmark, _ topic: TopicID) -> TopicBookmarkBody {
        TopicBookmarkBody(
            id: Int(marked.bookmark.id.value),
            bookmarkableID: Int(marked.postID?.value ?? topic.value),
            bookmarkableType: marked.postID == nil ? "Topic" : "Post",
            name: marked.bookmark.name,
            reminderAt: marked.bookmark.reminderAt?.iso8601,
            autoDeletePreference: marked.bookmark.autoDelete.rawValue,
            postNumber: marked.postNumber,
            pinned: marked.bookmark.isPinned
        )
    }

    private static func row(_ marked: ListedBookmark) -> ListedBookmarkBody {
        let topic = marked.topic
        let bookmark = marked.bookmark
        var body = ListedBookmarkBody()
        body.id = Int(bookmark.id.value)
        body.createdAt = marked.createdAt.iso8601
        body.updatedAt = marked.updatedAt.iso8601
        body.name = bookmark.name
        body.reminderAt = bookmark.reminderAt?.iso8601
        body.autoDeletePreference = bookmark.autoDelete.rawValue
        body.pinned = bookmark.isPinned
        body.title = topic.title
        body.fancyTitle = topic.fancyTitle
        body.excerpt = Excerpt.make(html: marked.cooked, length: 300)
        body.bookmarkableID = Int(marked.isOfTopic ? topic.id.value : marked.postID.value)
        body.bookmarkableType = marked.isOfTopic ? "Topic" : "Post"
        body.bookmarkableURL = path(marked)
        body.tags = marked.tags.map { TagPresenter.reference($0) }
        body.topicID = Int(topic.id.value)
        body.linkedPostNumber = marked.postNumber
        body.postID = Int(marked.postID.value)
        body.hidden = marked.isHidden
        body.categoryID = topic.categoryID.map { Int($0.value) }
        body.closed = topic.isClosed
        body.archived = topic.isArchived
        body.archetype = topic.archetype.rawValue
        body.highestPostNumber = topic.highestPostNumber
        body.lastReadPostNumber = marked.lastReadPostNumber > 0 ? marked.lastReadPostNumber : nil
        body.bumpedAt = topic.bumpedAt.iso8601
        body.slug = topic.slug
        body.user = UserPresenter.basic(marked.author)
        return body
    }

    private static func path(_ marked: ListedBookmark) -> String {
        let topic = "/t/\(marked.topic.slug)/\(marked.topic.id)"
        return marked.isOfTopic ? topic : "\(topic)/\(marked.postNumber)"
    }

    /// The reminders as an hour each.
    static func calendar(_ page: BookmarkPage, baseURL: String) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//Bookmarks//EN",
            "X-WR-CALNAME:\(ICalendar.escaped("\(page.owner.username) bookmarks"))",
        ]
        for marked in page.bookmarks {
            guard let start = marked.bookmark.reminderAt else { continue }
            let address = baseURL + path(marked)
            lines += [
                "BEGIN:VEVENT", "UID:bookmark_reminder_#\(marked.bookmark.id)@\(host(baseURL))",
                "DTSTAMP:\(ICalendar.time(marked.updatedAt))", "DTSTART:\(ICalendar.time(start))",
                "DTEND:\(ICalendar.time(start + 3600))",
                "SUMMARY:\(ICalendar.escaped(marked.bookmark.name ?? marked.topic.title))",
                "DESCRIPTION:\(ICalendar.escaped(address))", "URL:\(address)", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return ICalendar.text(lines)
    }

    private static func host(_ address: String) -> String {
        address.replacing("https://", with: "").replacing("http://", with: "")
    }
}
