import Forum
import ForumAPI
import Markup

/// Writes what webhooks and members' programs are sent: what the API shows of a thing, with the eyes of
/// the system, at the moment of writing.
struct WebHookPayload: Sendable {
    let community: Community

    private static let viewer = Viewer.member(.system)

    /// `{"post": {…}}` and the like.
    ///
    /// - Throws: `.notFound` for what is gone or has become private since.
    func make(_ request: OutgoingRequest) async throws -> String {
        guard let type = request.type else { throw ForumError.notFound }
        let facts = try decodeReply(WebHookFactsBody.self, from: Array(request.data.utf8))
        let key = type.group.rawValue
        if let gone = facts.gone { return try Self.text(key, gone) }
        switch type.group {
        case .topic: return try Self.text(key, await topic(request))
        case .post, .solved: return try Self.text(key, await post(request))
        case .like: return try Self.text(key, await like(request))
        case .user, .userPromoted: return try Self.text(key, await user(request))
        case .category:
            let category = try await community.category(
                CategoryID(try Self.object(request)),
                for: Self.viewer
            )
            return try Self.text(key, CategoryPresenter.body(category))
        case .tag:
            let tag = try await community.tag(TagID(try Self.object(request)), for: Self.viewer)
            return try Self.text(key, TagPresenter.listed(tag))
        case .group:
            let group = try await community.group(
                GroupID(try Self.object(request)),
                for: Self.viewer
            )
            return try Self.text(key, GroupPresenter.body(group, viewer: Self.viewer))
        case .reviewable: return try Self.text(key, await reviewable(request))
        case .notification:
            let found = try await community.notificationForWebHook(
                NotificationID(try Self.object(request))
            )
            return try Self.text(key, NotificationPresenter.body(found))
        case .userBadge: return try Self.text(key, badge(request, facts))
        case .groupUser:
            var body = WebHookGroupUserBody()
            body.groupID = facts.groupID ?? 0
            body.userID = facts.userID ?? 0
            return try Self.text(key, body)
        }
    }

    /// `{"url": …, "notifications": […]}`.
    func make(_ notice: PushNotice) throws -> String {
        let settings = community.settings.current
        var notification = PushedNotificationBody()
        notification.notificationType = notice.kind
        notification.postNumber = notice.postNumber
        notification.topicTitle = notice.topicTitle
        notification.topicID = notice.topicID.map { Int($0.value) }
        notification.excerpt = notice.cooked.map {
            Excerpt.make(html: $0, length: Forum.Limits.pushExcerptMax)
        }
        notification.username = notice.username
        notification.groupName = notice.groupName
        notification.clientID = notice.clientID
        notification.url = community.baseURL
        if let topic = notice.topicID, let slug = notice.topicSlug {
            notification.url += "/t/\(slug)/\(topic)/\(notice.postNumber ?? 1)"
        }
        var body = PushBody()
        body.secretKey = settings.pushAPISecretKey
        body.url = community.baseURL
        body.title = settings.title
        body.description = settings.siteDescription
        body.notifications = [notification]
        return String(decoding: try encodeJSON(body), as: UTF8.self)
    }

    private static func text(_ key: String, _ object: some Encodable & Sendable) throws -> String {
        String(decoding: try encodeJSON([key: object]), as: UTF8.self)
    }

    private static func object(_ request: OutgoingRequest) throws(ForumError) -> Int64 {
        guard let id = request.objectID else { throw ForumError.notFound }
        return id
    }

    private func topic(_ request: OutgoingRequest) async throws -> WebHookTopicBody {
        guard let id = request.topicID else { throw ForumError.notFound }
        let page = try await community.topicPage(id, for: Self.viewer)
        guard page.topic.archetype != .message else { throw ForumError.notFound }
        return WebHookTopicBody(
            TopicPresenter.page(
                page,
                viewer: Self.viewer,
                suggested: nil,
                now: community.clock()
            )
        )
    }

    private func post(_ request: OutgoingRequest) async throws -> WebHookPostBody {
        guard let id = request.postID else { throw ForumError.notFound }
        let post = try await community.post(id, for: Self.viewer)
        let topic = try await community.topicAccess(post.topicID, for: Self.viewer)
        guard topic.archetype != .message, !post.isHidden else { throw ForumError.notFound }
        var slug: String?
        if let category = post.topic.categoryID {
            slug = try await community.category(category, for: Self.viewer).slug
        }
        return WebHookPostBody(
            post: PostPresenter.withTopic(post, viewer: Self.viewer),
            topicPostsCount: post.topic.postsCount,
            topicArchetype: topic.archetype.rawValue,
            categorySlug: slug
        )
    }

    private func like(_ request: OutgoingRequest) async throws -> WebHookLikeBody {
        guard let id = request.userID, let card = try await community.userCards([id]).first else {
            throw ForumError.notFound
        }
        return WebHookLikeBody(post: try await post(request), user: UserPresenter.basic(card))
    }

    private func user(_ request: OutgoingRequest) async throws -> UserBody {
        guard let id = request.userID, let user = try await community.user(id) else {
            throw ForumError.notFound
        }
        return try await ProfileReply.body(
            community,
            named: user.username,
            viewer: Self.viewer,
            proof: .none
        )
    }

    private func reviewable(_ request: OutgoingRequest) async throws -> ReviewableBody {
        let page = try await community.reviewable(try Self.object(request), for: .system)
        let parts = try ReviewPresenter.parts(page, for: .system, staff: [])
        guard let body = parts.reviewables.first else { throw ForumError.notFound }
        return body
    }

    private func badge(
        _ request: OutgoingRequest,
        _ facts: WebHookFactsBody
    ) -> WebHookUserBadgeBody {
        var body = WebHookUserBadgeBody()
        body.id = Int(request.objectID ?? 0)
        body.grantedAt = facts.grantedAt ?? ""
        body.badgeID = facts.badgeID ?? 0
        body.userID = facts.userID ?? 0
        body.grantedByID = facts.grantedByID ?? 0
        return body
    }
}
