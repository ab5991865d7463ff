import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Postgres

/// The calendar, as JSON and for programs that show calendars.
struct EventRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Events.list, .everybody) { call in
            let events = try await community.events(Self.query(call.body), for: call.viewer)
            let now = community.clock()
            return EventListReply(
                events: events.map { event in
                    EventPresenter.body(
                        event,
                        includesDetails: call.body.includeDetails ?? false,
                        now: now
                    )
                }
            )
        }
        routes.serve(.get, "/discourse-post-event/events.ics", .everybody) { call in
            let query = try Self.query(call.decoding(EventListQuery.self).body)
            let events = try await community.events(query, for: call.viewer)
            let text = CalendarFile.make(
                events,
                title: community.settings.current.title,
                host: community.host,
                baseURL: community.baseURL,
                now: community.clock()
            )
            var headers = HTTPFields()
            headers[.contentType] = "text/calendar; charset=utf-8"
            headers[.contentDisposition] = "attachment; filename=\"events.ics\""
            return Response(
                status: .ok,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        }
    }

    private static func query(_ body: EventListQuery) throws -> CalendarQuery {
        var query = CalendarQuery()
        query.categoryID = body.categoryID.map { CategoryID(Int64($0)) }
        query.includesSubcategories = body.includeSubcategories ?? false
        query.postID = body.postID.map { PostID(Int64($0)) }
        query.attendingUser = body.attendingUser
        query.before = try time(body.before, "before")
        query.after = try time(body.after, "after")
        query.includesExpired = body.includeExpired ?? false
        switch body.order?.lowercased() {
        case nil, "asc": break
        case "desc": query.isDescending = true
        default: throw ForumError(.malformed, "order must be asc or desc.", field: "order")
        }
        if let limit = body.limit {
            guard (1...200).contains(limit) else {
                throw ForumError(.malformed, "limit must be from 1 to 200.", field: "limit")
            }
            query.limit = limit
        }
        return query
    }

    private static func time(_ text: String?, _ name: String) throws(ForumError) -> Timestamp? {
        guard let text else { return nil }
        // A plus sign of an offset that was not percent-encoded arrives as a space.
        guard
            let time = Timestamp(iso8601: text)
                ?? Timestamp(iso8601: text.replacing(" ", with: "+"))
        else {
            throw ForumError(
                .malformed,
                "\(name) must be a time such as 2026-05-01T10:00:00Z.",
                field: name
            )
        }
        return time
    }
}
