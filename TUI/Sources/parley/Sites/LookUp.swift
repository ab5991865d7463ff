import ForumAPI
import ForumClient
import TerminalUI

/// People, tags and similar topics.
extension ForumSite {
    func person(_ username: String) async throws(Failure) -> Person {
        try await ask { () async throws(ClientError) in
            let reply = try await client.call(API.Users.show, path: ["username": username])
            var person = Person(reply.user)
            guard reply.user.profileHidden != true else { return person }
            // 4 new topics, 5 replies.
            let actions = try await client.call(
                API.People.actions,
                body: UserActionsRequest(username: reply.user.username, filter: "4,5")
            )
            person.activity = actions.userActions.map { ActivityRow($0) }
            return person
        }
    }

    /// All tags, those with most topics first.
    func tags() async throws(Failure) -> [Choice] {
        try await ask { () async throws(ClientError) in
            try await client.call(API.Tags.list).tags.sorted { $0.count > $1.count }
                .map { tag in
                    Choice("#" + tag.name, detail: "\(tag.count) topics", .openList(.tag(tag.name)))
                }
        }
    }

    /// Names that begin so, for completion.
    func names(_ wanted: Completion) async throws(Failure) -> [String] {
        try await ask { () async throws(ClientError) in
            switch wanted {
            case .tag(let prefix):
                let query = TagSearchQuery(query: prefix, limit: TerminalUI.Limits.completions)
                return try await client.call(API.Tags.search, body: query).results.map(\.name)
            case .person(let prefix):
                let query = UserSearchRequest(term: prefix)
                return try await client.call(API.People.search, body: query).users
                    .map(\.username)
            }
        }
    }

    /// Discourse has its settings at this address; a site that has not takes what Discourse takes as a rule.
    func postLimits() async -> PostLimits? {
        do throws(ClientError) {
            let settings = try await client.get(WireValue.self, link: "/site/settings")
            var limits = PostLimits()
            limits.title = settings["min_topic_title_length"]?.intValue ?? limits.title
            limits.firstPost = settings["min_first_post_length"]?.intValue ?? limits.firstPost
            limits.post = settings["min_post_length"]?.intValue ?? limits.post
            limits.message =
                settings["min_personal_message_post_length"]?.intValue ?? limits.message
            return limits
        } catch {
            return nil
        }
    }

    /// Discourse's own count; older sites send the topics alone, newer ones with where to listen on.
    func waitingTopics() async -> WaitingTopics? {
        guard isMember else { return nil }
        do {
            let path = "/u/\(try await whoami())/topic-tracking-state"
            let answer = try await client.get(WireValue.self, link: path)
            var waiting = WaitingTopics()
            for topic in (answer["data"] ?? answer).arrayValue ?? [] {
                guard let id = topic["topic_id"]?.intValue,
                    let highest = topic["highest_post_number"]?.intValue
                else { continue }
                guard let read = topic["last_read_post_number"]?.intValue else {
                    waiting.new[id] = highest
                    continue
                }
                if read < highest {
                    waiting.unread[id] = highest
                }
            }
            return waiting
        } catch {
            // A convenience: the lists say it as well.
            return nil
        }
    }

    func find(_ words: String, inTopic topic: Int) async throws(Failure) -> [Int] {
        try await ask { () async throws(ClientError) in
            let query = SearchQuery(query: "\(words) topic:\(topic)", page: 1)
            return try await client.call(API.Search.search, body: query).posts
                .filter { $0.topicID == topic }.map(\.postNumber).sorted()
        }
    }

    /// Topics whose titles hold most of the words of a title.
    func similar(to title: String) async throws(Failure) -> [TopicRow] {
        let words = title.split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 3 }
        guard !words.isEmpty else { return [] }
        return try await topics(
            .search(words.prefix(4).joined(separator: " ") + " in:title"),
            page: 0
        )
        .rows
    }
}

extension Person {
    init(_ body: UserBody) {
        self.init(id: body.id, username: body.username)
        name = body.name
        title = body.title
        bio = body.bioCooked ?? ""
        joinedAt = Timestamp.seconds(body.createdAt)
        lastSeenAt = body.lastSeenAt.flatMap { Timestamp.seconds($0) }
        postCount = body.postCount
        topicCount = body.topicCount
        trustLevel = body.trustLevel
        isAdmin = body.admin
        isModerator = body.moderator
        level = body.ignored ? .ignored : body.muted ? .muted : .regular
        canMute = body.canMuteUser
        canMessage = body.canSendPrivateMessageToUser
        isSuspended = body.suspendedTill != nil
        isSilenced = body.silencedTill != nil
        suspendReason = body.suspendReason
        isHidden = body.profileHidden ?? false
    }
}

extension ActivityRow {
    init(_ body: UserActionBody) {
        self.init(
            topic: body.topicID,
            postNumber: body.postNumber,
            title: body.title,
            excerpt: CookedRenderer.render(body.excerpt, width: TerminalUI.Limits.measure).text
                .split(separator: "\n").joined(separator: " "),
            createdAt: Timestamp.seconds(body.createdAt) ?? 0
        )
    }
}
