import ForumAPI
import ForumClient
import Synchronization
import TerminalUI

/// A Parley or Discourse site over the network.
final class ForumSite: SiteService {
    let client: SiteClient
    let store: CredentialStore
    /// What is kept on disk, to see when the site has changed its cookies.
    let kept: Mutex<Credentials>
    /// The member's name once the site has said it.
    private let name = Mutex<String?>(nil)
    /// The member's number, by which the live stream calls their notifications.
    let memberID = Mutex<Int?>(nil)
    /// A key that a browser has been asked for.
    let pendingKey = Mutex<KeyRequest?>(nil)

    /// Calls as whoever is logged in on this machine.
    init(_ address: SiteAddress, store: CredentialStore) throws(ClientError) {
        self.store = store
        var credentials = try store.credentials(for: address)
        if credentials == .anonymous, let command = Configuration.current.command(for: address) {
            credentials = try CredentialCommand.run(command)
        }
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

    var era: Int { client.era }

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
            memberID.withLock { $0 = user?.id }
            name.withLock { $0 = user?.username }
            // Older sites count all of them by the one name, newer ones by the other.
            info.unreadNotifications =
                user.map { max($0.allUnreadNotificationsCount, $0.unreadNotifications) } ?? 0
            info.isStaff = user?.staff ?? false
            info.deliveries = site.subscriptionDeliveries?.compactMap {
                Delivery(rawValue: $0.rawValue)
            }
            if info.isStaff {
                info.waitingForReview = try await client.call(API.Review.count).count
            }
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

    func topics(_ kind: TopicListKind, page: Int) async throws(Failure) -> TopicPage {
        let query = TopicListQuery(page: page == 0 ? nil : page)
        switch kind {
        case .latest: return try await list(API.Topics.latest, query)
        case .new: return try await list(API.Topics.new, query)
        case .unread: return try await list(API.Topics.unread, query)
        case .top: return try await list(API.Topics.top, query)
        case .hot: return try await list(API.Topics.hot, query)
        case .messages:
            return try await list(API.Messages.inbox, query, ["username": try await whoami()])
        case .category(let id, let slug, _):
            let path = ["slug": slug.isEmpty ? "-" : slug, "category_id": String(id)]
            return try await list(API.Categories.topics, query, path)
        case .tag(let name): return try await list(API.Tags.topics, query, ["tag_name": name])
        case .bookmarks: return try await bookmarks(page: page)
        case .allUnread, .everywhere:
            return TopicPage(rows: try await allUnread(), hasMore: false)
        case .search(let words):
            return try await ask { () async throws(ClientError) in
                let query = SearchQuery(query: words, page: page + 1)
                return TopicPage(try await client.call(API.Search.search, body: query))
            }
        }
    }

    private func list(
        _ endpoint: Endpoint<TopicListQuery, TopicListReply>,
        _ query: TopicListQuery,
        _ path: [String: String] = [:]
    ) async throws(Failure) -> TopicPage {
        try await ask { () async throws(ClientError) in
            TopicPage(try await client.call(endpoint, path: path, body: query))
        }
    }

    /// What the member has not read: the rest of topics first, then new ones.
    func allUnread() async throws(Failure) -> [TopicRow] {
        guard isMember else { return [] }
        let unread = try await list(API.Topics.unread, TopicListQuery()).rows
        let new = try await list(API.Topics.new, TopicListQuery()).rows
        let known = Set(unread.map(\.id))
        return unread + new.filter { !known.contains($0.id) }
    }

    private func bookmarks(page: Int) async throws(Failure) -> TopicPage {
        let path = ["username": try await whoami()]
        return try await ask { () async throws(ClientError) in
            let query = BookmarkListQuery(page: page == 0 ? nil : page)
            let reply = try await client.call(API.Bookmarks.list, path: path, body: query)
            return TopicPage(
                rows: reply.userBookmarkList.bookmarks.map { TopicRow($0) },
                hasMore: reply.userBookmarkList.moreBookmarksURL != nil
            )
        }
    }

    /// The name of the member, which a key alone does not say.
    func whoami() async throws(Failure) -> String {
        if let username { return username }
        if let name = name.withLock({ $0 }) { return name }
        guard isMember else {
            throw Failure(.auth, "You need to be logged in. Use “parley login”.")
        }
        let user = try await ask { () async throws(ClientError) in try await client.currentUser() }
        guard let user else { throw Failure(.auth, "The site does not know you any more.") }
        name.withLock { $0 = user.username }
        return user.username
    }

    func topic(_ id: Int, near: Int?, isVisit: Bool) async throws(Failure) -> TopicDetail {
        try await ask { () async throws(ClientError) in
            var path = ["topic_id": String(id)]
            let query = TopicQuery(
                trackVisit: isMember && isVisit ? true : nil,
                includeSuggested: false
            )
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

    func post(topic: Int, number: Int) async throws(Failure) -> Post {
        try await ask { () async throws(ClientError) in
            let path = ["topic_id": String(topic), "post_number": String(number)]
            return Post(
                try await client.call(API.Posts.showByNumber, path: path, body: PostQuery())
            )
        }
    }

    /// Posts with their Markdown.
    func rawPosts(topic: Int, ids: [Int]) async throws(Failure) -> [(post: Post, raw: String)] {
        try await ask { () async throws(ClientError) in
            try await client.posts(ofTopic: topic, ids: ids, includeRaw: true)
                .map { (Post($0), $0.raw ?? "") }
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

    func file(at url: String) async throws(Failure) -> [UInt8] {
        try await ask { () async throws(ClientError) in try await client.file(at: url) }
    }

    func notifications() async throws(Failure) -> [NotificationRow] {
        try await ask { () async throws(ClientError) in
            let query = NotificationListQuery(limit: 60)
            return try await client.call(API.Notifications.list, body: query).notifications
                .map { NotificationRow($0) }
        }
    }
}
