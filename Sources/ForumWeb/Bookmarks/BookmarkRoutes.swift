import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Postgres

/// What people mark to find it again, and their list of it, also as a calendar.
struct BookmarkRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Bookmarks.create, .member) { call in
            let id = try await community.bookmark(
                Self.target(call.body),
                Self.fields(call.body),
                by: call.principal
            )
            return BookmarkReply(id: Int(id.value))
        }
        routes.serve(API.Bookmarks.update, .member) { call in
            try await community.changeBookmark(
                BookmarkID(call.id("bookmark_id")),
                Self.fields(call.body),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Bookmarks.delete, .member) { call in
            let isMarked = try await community.deleteBookmark(
                BookmarkID(call.id("bookmark_id")),
                by: call.principal
            )
            return DeleteBookmarkReply(topicBookmarked: isMarked)
        }
        routes.serve(API.Bookmarks.togglePin, .member) { call in
            try await community.toggleBookmarkPin(
                BookmarkID(call.id("bookmark_id")),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Bookmarks.ofTopic, .member) { call in
            try await community.bookmark(.topic(call.topicID()), by: call.principal)
            return NoReply()
        }
        routes.serve(API.Bookmarks.removeOfTopic, .member) { call in
            try await community.deleteBookmarks(in: call.topicID(), by: call.principal)
            return NoReply()
        }
        addLists(to: routes)
    }

    private func addLists(to routes: RouteTable) {
        routes.serve(API.Bookmarks.list, .member) { call in
            let number = max(0, call.body.page ?? 0)
            let page = try await community.bookmarks(
                of: call.requiredText("username"),
                search: call.body.q,
                page: number,
                limit: call.body.limit ?? Forum.Limits.bookmarksPerPage,
                for: call.viewer
            )
            return BookmarkPresenter.list(page, number: number, search: call.body.q)
        }
        routes.serve(.get, "/u/{username}/bookmarks.ics", .member) { call in
            let page = try await community.bookmarks(
                of: call.requiredText("username"),
                limit: Forum.Limits.topicsPerPageMax,
                for: call.viewer
            )
            let text = BookmarkPresenter.calendar(page, baseURL: community.baseURL)
            return Response(
                status: .ok,
                headers: [.contentType: "text/calendar; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: text))
            )
        }
    }

    private static func target(_ body: BookmarkRequest) throws -> BookmarkTarget {
        if let post = body.postID { return .post(PostID(Int64(post))) }
        guard let id = body.bookmarkableID else {
            throw WireError.missing(parameter: "bookmarkable_id")
        }
        switch body.bookmarkableType {
        case "Topic": return .topic(TopicID(Int64(id)))
        case "Post": return .post(PostID(Int64(id)))
        case nil: throw WireError.missing(parameter: "bookmarkable_type")
        default:
            throw ForumError(
                .malformed,
                "bookmarkable_type must be Post or Topic.",
                field: "bookmarkable_type"
            )
        }
    }

    private static func fields(_ body: BookmarkRequest) throws -> BookmarkFields {
        let autoDelete = try body.autoDeletePreference.map { number throws(ForumError) in
            guard let preference = BookmarkAutoDelete(rawValue: number) else {
                throw ForumError(
                    .malformed,
                    "auto_delete_preference must be a number from 0 to 3.",
                    field: "auto_delete_preference"
                )
            }
            return preference
        }
        return BookmarkFields(
            name: body.name,
            reminderAt: try WireTime.read(body.reminderAt, "reminder_at"),
            autoDelete: autoDelete
        )
    }
}

/// Times as clients send them.
enum WireTime {
    /// - Returns: `nil` for nothing and for an empty text.
    /// - Throws: `.malformed` for what is no date.
    static func read(_ text: String?, _ name: String) throws(ForumError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw ForumError(.malformed, "\(name) is not a date.", field: name)
        }
        return time
    }
}
