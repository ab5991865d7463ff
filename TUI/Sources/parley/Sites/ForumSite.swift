import ForumAPI
import ForumClient
import Synchronization
import TerminalUI

/// A Parley or Discourse site over the network.
final class ForumSite: SiteService {
    let client: SiteClient
    private let store: CredentialStore
    /// What is kept on disk, to see when the site has changed its cookies.
    private let kept: Mutex<Credentials>

    /// Calls as whoever is logged in on this machine.
    init(_ address: SiteAddress, store: CredentialStore) throws(ClientError) {
        self.store = store
        let credentials = try store.credentials(for: address)
        kept = Mutex(credentials)
        client = SiteClient(site: address, credentials: credentials, version: Version.number)
    }

    /// Who is logged in, as far as this machine knows.
    var username: String? {
        client.credentials.username.flatMap { $0.isEmpty ? nil : $0 }
    }

    var isMember: Bool {
        switch client.credentials {
        case .anonymous: false
        case .session(let username, _): !username.isEmpty
        case .apiKey, .userAPIKey: true
        }
    }

    /// Under which name things of this account are kept on this machine; nil for a guest.
    var account: String? {
        isMember ? username ?? "key" : nil
    }

    /// Calls the site and speaks of failures in the words of the screens.
    func ask<Answer>(
        _ body: () async throws(ClientError) -> Answer
    ) async throws(Failure) -> Answer {
        do {
            return try await body()
        } catch {
            throw Failure(error)
        }
    }

    // MARK: Reading

    func info() async throws(Failure) -> SiteInfo {
        try await ask { () async throws(ClientError) in
            let site = try await client.call(API.Site.show)
            let basic = try await client.call(API.Site.basicInfo)
            let user = isMember ? try await client.currentUser() : nil
            var info = SiteInfo(
                title: basic.title.isEmpty ? client.site.host : basic.title,
                url: client.site.text,
                username: user?.username,
                categories: ForumSite.ordered(site.categories.map { TerminalUI.Category($0) })
            )
            info.unreadNotifications = user?.unreadNotifications ?? 0
            return info
        }
    }

    /// Each category with those below it behind it.
    private static func ordered(_ all: [TerminalUI.Category]) -> [TerminalUI.Category] {
        let ids = Set(all.map(\.id))
        let roots = all.filter { category in category.parentID.map { !ids.contains($0) } ?? true }
        let byParent = Dictionary(grouping: all) { $0.parentID ?? 0 }
        var ordered: [TerminalUI.Category] = []
        var seen: Set<Int> = []
        var waiting = Array(roots.reversed())
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            ordered.append(next)
            waiting += (byParent[next.id] ?? []).reversed()
        }
        return ordered
    }

    private static let messages = Endpoint<TopicListQuery, TopicListReply>(
        .get,
        "/topics/private-messages/{username}"
    )

    func topics(_ kind: TopicListKind, page: Int) async throws(Failure) -> TopicPage {
        try await ask { () async throws(ClientError) in
            let query = TopicListQuery(page: page == 0 ? nil : page)
            switch kind {
            case .latest: return TopicPage(try await client.call(API.Topics.latest, body: query))
            case .new: return TopicPage(try await client.call(API.Topics.new, body: query))
            case .unread: return TopicPage(try await client.call(API.Topics.unread, body: query))
            case .top: return TopicPage(try await client.call(API.Topics.top, body: query))
            case .hot: return TopicPage(try await client.call(API.Topics.hot, body: query))
            case .messages:
                return TopicPage(
                    try await client.call(
                        ForumSite.messages,
                        path: ["username": username ?? ""],
                        body: query
                    )
                )
            case .category(let id, let slug, _):
                let path = ["slug": slug.isEmpty ? "-" : slug, "category_id": String(id)]
                return TopicPage(
                    try await client.call(API.Categories.topics, path: path, body: query)
                )
            case .search(let words):
                let query = SearchQuery(query: words, page: page + 1)
                return TopicPage(try await client.call(API.Search.search, body: query))
            }
        }
    }

    func topic(_ id: Int, near: Int?) async throws(Failure) -> TopicDetail {
        try await ask { () async throws(ClientError) in
            var path = ["topic_id": String(id)]
            let query = TopicQuery(trackVisit: isMember ? true : nil, includeSuggested: false)
            guard let near, near > 1 else {
                return TopicDetail(try await client.call(API.Topics.show, path: path, body: query))
            }
            path["post_number"] = String(near)
            return TopicDetail(
                try await client.call(API.Topics.showAtPost, path: path, body: query)
            )
        }
    }

    func posts(topic: Int, ids: [Int]) async throws(Failure) -> [Post] {
        try await ask { () async throws(ClientError) in
            try await client.posts(ofTopic: topic, ids: ids).map { Post($0) }
        }
    }

    func raw(post: Int) async throws(Failure) -> String {
        try await ask { () async throws(ClientError) in
            let body = try await client.call(
                API.Posts.show,
                path: ["post_id": String(post)],
                body: PostQuery(includeRaw: true)
            )
            return body.raw ?? ""
        }
    }

    func notifications() async throws(Failure) -> [NotificationRow] {
        try await ask { () async throws(ClientError) in
            let query = NotificationListQuery(limit: 60)
            return try await client.call(API.Notifications.list, body: query).notifications
                .map { NotificationRow($0) }
        }
    }

    // MARK: Writing

    /// `POST /posts` answers a post, or says that it waits for the staff.
    private static let create = Endpoint<CreatePostRequest, WireValue>(.post, "/posts")

    func submit(_ submission: Submission) async throws(Failure) -> Receipt {
        try await ask { () async throws(ClientError) in
            var request = CreatePostRequest(raw: submission.raw)
            switch submission.target {
            case .newTopic(let title, let category, let tags):
                request.title = title
                request.category = category
                request.tags = tags.isEmpty ? nil : tags
            case .reply(let topic, let number):
                request.topicID = topic
                request.replyToPostNumber = number
            case .edit(let post):
                let reply = try await client.call(
                    API.Posts.update,
                    path: ["post_id": String(post)],
                    body: UpdatePostRequest(post: UpdatePostFields(raw: submission.raw))
                )
                return Receipt(
                    topic: reply.post.topicID,
                    postNumber: reply.post.postNumber,
                    isPending: false
                )
            }
            let reply = try await client.call(ForumSite.create, body: request)
            return Receipt(
                topic: reply["topic_id"]?.intValue ?? request.topicID ?? 0,
                postNumber: reply["post_number"]?.intValue ?? 1,
                isPending: reply["action"]?.stringValue == "enqueued"
            )
        }
    }

    func delete(post: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Posts.delete,
                path: ["post_id": String(post)],
                body: DeletePostRequest()
            )
        }
    }

    func recover(post: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(API.Posts.recover, path: ["post_id": String(post)])
        }
    }

    func markNotificationsRead(id: Int?) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Notifications.markRead,
                body: MarkNotificationsReadRequest(id: id)
            )
        }
    }

    func setLike(post: Int, on: Bool) async throws(Failure) -> Post {
        try await ask { () async throws(ClientError) in
            let type = PostActionType.like.rawValue
            guard on else {
                return Post(
                    try await client.call(
                        API.PostActions.delete,
                        path: ["post_id": String(post)],
                        body: DeletePostActionRequest(postActionTypeID: type)
                    )
                )
            }
            return Post(
                try await client.call(
                    API.PostActions.create,
                    body: CreatePostActionRequest(id: post, postActionTypeID: type)
                )
            )
        }
    }

    func setLevel(topic: Int, _ level: TrackingLevel) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Topics.setLevel,
                path: ["topic_id": String(topic)],
                body: NotificationLevelRequest(notificationLevel: level.rawValue)
            )
        }
    }

    func markRead(topic: Int, numbers: [Int], milliseconds: Int) async throws(Failure) {
        guard isMember else { return }
        try await ask { () async throws(ClientError) in
            let each = Dictionary(
                numbers.map { (String($0), milliseconds) },
                uniquingKeysWith: { first, _ in first }
            )
            _ = try await client.call(
                API.Topics.timings,
                body: TimingsRequest(topicID: topic, topicTime: milliseconds, timings: each)
            )
        }
    }

    // MARK: Sessions

    func logIn(
        username: String,
        password: String,
        code: String?
    ) async throws(Failure) -> LogInResult {
        try await ask { () async throws(ClientError) in
            let outcome = try await client.logIn(
                username,
                password: Secret(password),
                secondFactor: code.map { Secret($0) }
            )
            switch outcome {
            case .secondFactorNeeded:
                return .codeNeeded
            case .loggedIn(let user):
                try keep()
                return .loggedIn(username: user.username)
            }
        }
    }

    func logOut() async throws(Failure) {
        try await ask { () async throws(ClientError) in
            try store.keep(.anonymous, for: client.site)
            kept.withLock { $0 = .anonymous }
            try await client.logOut()
        }
    }

    /// Keeps the session of now for the next run.
    private func keep() throws(ClientError) {
        let credentials = client.credentials
        try store.keep(credentials, for: client.site)
        kept.withLock { $0 = credentials }
    }

    func close() async {
        if isMember, client.credentials != kept.withLock({ $0 }) {
            do throws(ClientError) {
                try keep()
            } catch {
                // The older cookies are still there; the site decides whether they are good.
                await client.close()
                return
            }
        }
        await client.close()
    }

    // MARK: Live

    func happenings(topic: Int?) -> AsyncStream<Happening> {
        let (stream, continuation) = AsyncStream<Happening>.makeStream(
            bufferingPolicy: .bufferingNewest(256)
        )
        let live = LiveStream(client: client)
        live.subscribe("/latest")
        live.subscribe("/new")
        live.subscribe("/unread")
        if let topic {
            live.subscribe("/topic/\(topic)")
        }
        let running = Task { await live.run() }
        let passing = Task {
            for await event in live.events {
                for happening in ForumSite.happenings(in: event) {
                    continuation.yield(happening)
                }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in
            running.cancel()
            passing.cancel()
        }
        return stream
    }

    private static func happenings(in event: LiveStream.Event) -> [Happening] {
        switch event {
        case .connected:
            return [.connected(true)]
        case .disconnected(let error, _):
            if case .network = error { return [.connected(false)] }
            return []
        case .message(let message):
            return happenings(in: message)
        }
    }

    private static func happenings(in message: BusMessageBody) -> [Happening] {
        let data = message.data
        if message.channel.hasPrefix("/topic/"),
            let topic = Int(message.channel.dropFirst("/topic/".count)),
            let id = data["id"]?.intValue
        {
            switch data["type"]?.stringValue {
            case "created": return [.postsCreated(topic: topic, ids: [id])]
            case "read", "stats", nil: return []
            default: return [.postChanged(topic: topic, id: id)]
            }
        }
        guard let topic = data["topic_id"]?.intValue else { return [] }
        let highest = data["payload"]?["highest_post_number"]?.intValue ?? 0
        return [.topicBumped(id: topic, highestNumber: highest)]
    }
}

extension TopicPage {
    init(_ reply: TopicListReply) {
        self.init(
            rows: reply.topicList.topics.map { TopicRow($0, users: reply.users) },
            hasMore: reply.topicList.moreTopicsURL != nil
        )
    }

    /// The topics of a search, each with the place where the words stand.
    init(_ reply: SearchReply) {
        let topics = Dictionary(
            reply.topics.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<Int> = []
        let rows = reply.posts.compactMap { post -> TopicRow? in
            guard let body = topics[post.topicID], seen.insert(post.topicID).inserted else {
                return nil
            }
            var row = TopicRow(body)
            row.blurb = post.blurb
            row.hitNumber = post.postNumber
            row.lastPoster = post.username
            row.bumpedAt = Timestamp.seconds(post.createdAt) ?? row.bumpedAt
            return row
        }
        let hasMore = reply.groupedSearchResult.moreFullPageResults ?? false
        self.init(rows: rows, hasMore: hasMore)
    }
}
