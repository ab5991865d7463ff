import ForumAPI
import ForumClient
import SiteCache
import TerminalUI

/// What fetching a site has brought so far.
struct SyncReport: Encodable, Sendable, Hashable {
    /// How a site tells what is new.
    enum Way: String, Encodable, Sendable {
        /// By its feed of changes.
        case changes
        /// List by list and topic by topic, as every Discourse does.
        case pages
    }

    var way = Way.changes
    var topics = 0
    var posts = 0
    /// Topics and posts that cannot be seen any more.
    var gone = 0

    var line: String {
        "\(topics) topic\(topics == 1 ? "" : "s"), \(posts) post\(posts == 1 ? "" : "s")"
            + (gone > 0 ? ", \(gone) gone" : "")
    }
}

/// Fetches a site, or a category of it, into the file that is read without a network.
struct SiteSync {
    /// Changes that are asked for at once, the most that the server gives.
    private static let changesPerCall = 1000
    /// Milliseconds between two calls to a site that has no feed of changes.
    private static let pause = 200
    /// Times that a site may ask to wait before this gives up.
    private static let waits = 20

    let site: ForumSite
    let cache: SiteCache
    /// Told how far it is.
    let progress: @Sendable (SyncReport) -> Void
    /// Told how many seconds the site wants to be left alone.
    let waiting: @Sendable (Int) -> Void

    /// Fetches what is new since the last time; `mostTopics` counts only page by page.
    func run(category: TerminalUI.Category?, mostTopics: Int) async throws(Failure) -> SyncReport {
        var report = SyncReport()
        if let category {
            report.way = .pages
            let list = TopicListKind.category(
                id: category.id,
                slug: category.slug,
                name: category.name
            )
            try await walk(list, scope: "category \(category.id)", mostTopics, &report)
            return report
        }
        do throws(Failure) {
            try await follow(&report)
        } catch {
            guard error.kind == .notFound else { throw error }
            report.way = .pages
            try await walk(.latest, scope: "site", mostTopics, &report)
        }
        return report
    }

    // MARK: By the feed of changes

    private func follow(_ report: inout SyncReport) async throws(Failure) {
        var done = try await onDisk { () async throws(CacheError) in
            try await cache.progress(of: "site")
        }
        var hasMore = true
        while hasMore {
            let query = ChangesQuery(
                since: done.cursor,
                limit: SiteSync.changesPerCall,
                includeRaw: true
            )
            let reply = try await patiently { () async throws(Failure) in
                try await site.changes(query)
            }
            guard !reply.accessChanged else {
                // In other groups than before: what was seen then may be seen no more.
                try await onDisk { () async throws(CacheError) in try await cache.clear() }
                done = SyncProgress()
                continue
            }
            let kept = reply.changes.compactMap { KeptChange($0) }
            for change in kept {
                report.count(change)
            }
            done.cursor = reply.cursor
            done.isComplete = done.isComplete || !reply.walking
            done.finishedAt = Loop.now()
            let upTo = done
            try await onDisk { () async throws(CacheError) in
                try await cache.keep(kept, upTo: upTo, of: "site")
            }
            progress(report)
            for change in reply.changes where change.action == .recovered {
                try await fetchAgain(change, &report)
            }
            hasMore = reply.more
        }
    }

    /// What can be seen again comes with all that is in it, without an entry for each.
    private func fetchAgain(
        _ change: ChangeBody,
        _ report: inout SyncReport
    ) async throws(Failure) {
        switch change.type {
        case .topic:
            try await fetch(topic: change.id, row: nil, &report)
        case .category:
            let list = TopicListKind.category(id: change.id, slug: change.slug ?? "", name: "")
            try await walk(list, scope: "category \(change.id)", Int.max, &report)
        case .post, .tag, .user:
            break
        }
    }

    // MARK: Page by page

    /// Walks a list from its newest topic on. Once a walk has come to the end, the next stops at the
    /// first page on which nothing is new.
    private func walk(
        _ list: TopicListKind,
        scope: String,
        _ mostTopics: Int,
        _ report: inout SyncReport
    ) async throws(Failure) {
        var done = try await onDisk { () async throws(CacheError) in
            try await cache.progress(of: scope)
        }
        var left = mostTopics
        var page = 0
        while true {
            let number = page
            let topics = try await politely { () async throws(Failure) in
                try await site.topics(list, page: number)
            }
            var isNew = false
            for row in topics.rows where left > 0 {
                let isCurrent = try await onDisk { () async throws(CacheError) in
                    try await cache.isCurrent(row)
                }
                guard !isCurrent else { continue }
                isNew = true
                left -= 1
                try await fetch(topic: row.id, row: row, &report)
            }
            guard left > 0 else { return }
            guard topics.hasMore, isNew || !done.isComplete else { break }
            page += 1
        }
        done.isComplete = true
        done.finishedAt = Loop.now()
        let end = done
        try await onDisk { () async throws(CacheError) in try await cache.keep(end, of: scope) }
    }

    /// Fetches a topic with those of its posts that are not here.
    private func fetch(
        topic id: Int,
        row: TopicRow?,
        _ report: inout SyncReport
    ) async throws(Failure) {
        let topic: TopicDetail
        do throws(Failure) {
            topic = try await politely { () async throws(Failure) in
                try await site.topic(id, near: nil, isVisit: false)
            }
        } catch {
            // Gone since the list was made.
            guard error.kind == .notFound else { throw error }
            return
        }
        let known = try await onDisk { () async throws(CacheError) in
            try await cache.keptPosts(of: id)
        }.union(topic.posts.map(\.id))
        let missing = topic.stream.filter { !known.contains($0) }
        let posts =
            missing.isEmpty
            ? []
            : try await politely { () async throws(Failure) in
                try await site.posts(topic: id, ids: missing)
            }
        try await onDisk { () async throws(CacheError) in
            try await cache.keep(topic, readAt: nil)
            try await cache.keep(posts, of: id)
            if let row { try await cache.keep([row]) }
        }
        report.topics += 1
        report.posts += topic.posts.count + posts.count
        progress(report)
    }

    // MARK: Manners

    /// As `patiently`, with a moment after it: to a site that is asked topic by topic.
    private func politely<Value>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let value = try await patiently(body)
        await rest(milliseconds: SiteSync.pause)
        return value
    }

    /// Waits as long as a site that has too many requests wants.
    private func patiently<Value>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        for _ in 0..<SiteSync.waits {
            do throws(Failure) {
                return try await body()
            } catch {
                guard case .rateLimited(let seconds) = error.kind else { throw error }
                let patience = max(1, min(seconds ?? 10, 300))
                waiting(patience)
                await rest(milliseconds: patience * 1000)
            }
        }
        throw Failure(
            .rateLimited(seconds: nil),
            "The site asks to wait again and again; what was fetched is kept. Try again later."
        )
    }

    private func rest(milliseconds: Int) async {
        do {
            try await Threads.sleep(for: .milliseconds(milliseconds))
        } catch {
            // The program ends; there is nothing to rest for.
        }
    }

    private func onDisk<Value>(
        _ body: () async throws(CacheError) -> Value
    ) async throws(Failure) -> Value {
        do throws(CacheError) {
            return try await body()
        } catch {
            throw Failure(.refused, "What was fetched cannot be kept: \(error)")
        }
    }
}

extension SyncReport {
    fileprivate mutating func count(_ change: KeptChange) {
        switch change {
        case .topic: topics += 1
        case .post: posts += 1
        case .topicGone, .postGone, .categoryGone: gone += 1
        }
    }
}

extension ForumSite {
    /// A page of the feed of changes; fails with `notFound` where a site has none.
    fileprivate func changes(_ query: ChangesQuery) async throws(Failure) -> ChangesReply {
        try await ask { () async throws(ClientError) in
            try await client.call(API.Changes.list, body: query)
        }
    }
}

extension KeptChange {
    /// nil for what the client does not keep: people, tags, and the categories, which the site lists.
    init?(_ body: ChangeBody) {
        switch (body.type, body.action) {
        case (.topic, .gone):
            self = .topicGone(body.id)
        case (.post, .gone):
            self = .postGone(body.id)
        case (.category, .gone):
            self = .categoryGone(body.id)
        case (.topic, _):
            var topic = TopicDetail(id: body.id, title: body.name ?? "", stream: [], posts: [])
            topic.categoryID = body.categoryID
            topic.tags = (body.tags ?? []).map(\.name)
            self = .topic(topic)
        case (.post, _):
            guard let topic = body.topicID, let number = body.postNumber else { return nil }
            var post = Post(
                id: body.id,
                number: number,
                username: body.username ?? "",
                createdAt: body.createdAt.flatMap { Timestamp.seconds($0) } ?? 0,
                cooked: ""
            )
            post.markdown = body.raw
            self = .post(topic: topic, post)
        case (.category, _), (.tag, _), (.user, _):
            return nil
        }
    }
}
