import Forum
import ForumAPI
import Hummingbird

/// What the site is: for clients that start, and for people who ask.
struct SiteRoutes: Sendable {
    let community: Community

    /// What clients compare with (PEP 440): the version of Discourse whose API is spoken here.
    static let discourseVersion = "3.4.0"

    func add(to routes: RouteTable) {
        routes.serve(API.Site.basicInfo, .open, cached: .lists) { _ in
            let settings = community.settings.current
            var info = BasicInfoBody(title: settings.title)
            info.description = settings.siteDescription
            info.loginRequired = settings.loginRequired
            return info
        }
        routes.serve(API.Site.show, .everybody, cached: .lists) { call in
            try await site(call.viewer)
        }
        routes.serve(API.Site.settings, .everybody, cached: .lists) { _ in
            SitePresenter.settings(community.settings.current)
        }
        routes.serve(API.Site.about, .everybody) { call in
            let statistics = try await community.aboutStatistics()
            let staff = statistics.adminIDs + statistics.moderatorIDs
            return AboutReply(
                about: SitePresenter.about(statistics, community),
                users: try await community.userCards(staff).map { UserPresenter.basic($0) }
            )
        }
        routes.serve(API.Site.statistics, .everybody) { call in
            SitePresenter.stats(try await community.aboutStatistics())
        }
        // Whoever balances load asks this; an answer at all is the answer.
        routes.serve(.get, "/srv/status", .open) { _ in .text("ok") }
        // For whoever names no form; browsers get the list of topics with it.
        routes.serve(.get, "/", .open) { call in
            let settings = community.settings.current
            var page = PlainPage(settings.title)
            page.head.canonical = "/"
            page.head.hasForm = false
            page.paragraphs = [
                settings.siteDescription,
                "Read it with “parley \(community.baseURL)”, by mail, or with any program that "
                    + "speaks Discourse’s API.",
            ].filter { !$0.isEmpty }
            page.links = [("Latest topics", "/latest.json")]
            return try await PageWriter(community: community).response(page, for: call)
        }
    }

    private func site(_ viewer: Viewer) async throws -> SiteBody {
        let categories = try await community.categories(for: viewer)
        let groups = try await community.groups(for: viewer)
        let tags = try await community.tags(for: viewer)
        let settings = community.settings.current
        var body = SiteBody()
        body.groups = groups.map { group in
            var body = SiteGroupBody(id: Int(group.id.value), name: group.name)
            body.fullName = group.fullName
            body.displayName = group.fullName ?? group.name
            body.automatic = group.isAutomatic
            return body
        }
        body.categories = categories.map { CategoryPresenter.body($0) }
        body.uncategorizedCategoryID = Int(CategoryID.uncategorized.value)
        body.canCreateTag = viewer.principal?.mayCreateTags(settings) ?? false
        body.canTagTopics = settings.taggingEnabled && viewer.principal != nil
        body.topTags = tags.sorted { $0.topicCount > $1.topicCount }.prefix(20).map { tag in
            TagReferenceBody(id: Int(tag.id.value), name: tag.name, slug: tag.slug)
        }
        body.navigationMenuSiteTopTags = Array(body.topTags.prefix(5))
        body.postActionTypes = SitePresenter.postActionTypes
        body.topicFlagTypes = SitePresenter.topicFlagTypes
        body.subscriptionDeliveries = DeliveryWord.allCases
        body.topicFeaturedLinkAllowedCategoryIDs = categories.filter {
            $0.settings.allowsFeaturedLinks
        }.map { Int($0.id.value) }
        return body
    }
}
