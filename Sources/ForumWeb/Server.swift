package import Egress
package import Forum
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The bytes of an archive, as they are read.
package typealias MailArchivePieces = AsyncSequence<[UInt8], any Error> & Sendable

/// What the web door needs beside the community; the program composes it.
package struct WebServices: Sendable {
    package let community: Community
    package let bus: LiveBus
    package let views: TopicViews
    /// Takes a mail that came over HTTP; the mail door is another edge, which this one does not know.
    package let takeMail: @Sendable ([UInt8]) async throws -> Void
    /// The way of requests to addresses that somebody named.
    package let egress: EgressClient
    /// Writes an archive, compressed or not, of what somebody may see; the same goes for it.
    package let archive:
        @Sendable (ArchiveScope, _ isCompressed: Bool, Viewer) -> any MailArchivePieces
    /// Whether mail to an address can become something here.
    package var isMailDestination:
        @Sendable (_ address: String, _ sender: String) async throws -> Bool = { _, _ in false }
    /// Explains a mail, as JSON; nothing where no mail door does.
    package var inspectMail: @Sendable ([UInt8]) throws -> InspectedMail? = { _ in nil }
    package init(
        community: Community,
        bus: LiveBus,
        views: TopicViews,
        egress: EgressClient = EgressClient(),
        archive:
            @escaping @Sendable (ArchiveScope, _ isCompressed: Bool, Viewer) ->
            any MailArchivePieces,
        takeMail: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.community = community
        self.bus = bus
        self.views = views
        self.archive = archive
        self.takeMail = takeMail
        self.egress = egress
    }
}

/// Builds the forum's HTTP server.
package enum WebServer {
    /// Every route with its policy, as `METHOD /path`.
    package static func declarations(
        _ services: WebServices
    ) -> [(signature: String, policy: RoutePolicy)] {
        routes(services, SuggestedTopics(community: services.community)).table.declarations.map {
            ($0.signature, $0.policy)
        }
    }

    /// Every route as it is declared.
    static func routes(_ services: WebServices) -> [RouteTable.Declaration] {
        routes(services, SuggestedTopics(community: services.community)).table.declarations
    }

    /// The server, ready to run as a service.
    ///
    /// - Parameter onRunning: Called with the port once connections are accepted.
    package static func application(
        _ services: WebServices,
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let server = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [
                    SmallReads(), StalledConnections(), SlowHeaders(), OldClients(),
                ],
                idleTimeout: .seconds(WebLimits.idleSeconds),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: WebLimits.headerBytes,
                    maxHeaderListSize: WebLimits.headerBytes,
                    maxHeaderFieldCount: WebLimits.headerFields
                )
            )
        )
        return Application(
            responder: responder(services),
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(WebLimits.connections)
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port) },
            logger: logger
        )
    }

    private static func responder(_ services: WebServices) -> some HTTPResponder<WebContext> {
        let suggestions = SuggestedTopics(community: services.community)
        let (router, table) = routes(services, suggestions)
        table.checkThatAllAreDeclared()
        services.community.signals.onChange { [cache = table.cache, suggestions] change in
            suggestions.drop(change)
            cache.drop(change)
        }
        return FrontDoor(router.buildResponder(), table, services.community)
    }

    private static func routes(
        _ services: WebServices,
        _ suggestions: SuggestedTopics
    ) -> (router: Router<WebContext>, table: RouteTable) {
        let (router, table) = allButTheirDocument(services, suggestions)
        OpenAPIRoutes().add(to: table)
        return (router, table)
    }

    private static func allButTheirDocument(
        _ services: WebServices,
        _ suggestions: SuggestedTopics
    ) -> (router: Router<WebContext>, table: RouteTable) {
        let router = Router(context: WebContext.self)
        let signals = services.community.signals
        let table = RouteTable(
            router: router,
            community: services.community,
            cache: AnonymousCache { signals.isFollowing }
        )
        let community = services.community
        let bus = services.bus
        SiteRoutes(community: community).add(to: table)
        CategoryRoutes(community: community).add(to: table)
        TagRoutes(community: community).add(to: table)
        TagGroupRoutes(community: community).add(to: table)
        TopicListRoutes(community: community).add(to: table)
        TopicRoutes(
            community: community,
            views: services.views,
            suggestions: suggestions
        ).add(to: table)
        PersonalTopicRoutes(community: community).add(to: table)
        PostRoutes(community: community).add(to: table)
        GroupRoutes(community: community).add(to: table)
        GroupChangeRoutes(community: community).add(to: table)
        MessageRoutes(community: community).add(to: table)
        addKeys(community, to: table)
        PostChangeRoutes(community: community).add(to: table)
        RevisionRoutes(community: community).add(to: table)
        TopicChangeRoutes(community: community).add(to: table)
        TopicMoveRoutes(community: community).add(to: table)
        BookmarkRoutes(community: community).add(to: table)
        DraftRoutes(community: community).add(to: table)
        PollRoutes(community: community).add(to: table)
        SearchRoutes(community: community).add(to: table)
        UserRoutes(community: community).add(to: table)
        SecondFactorRoutes(community: community).add(to: table)
        ExportRoutes(community: community).add(to: table)
        SessionRoutes(
            community: community,
            authentication: Authentication(community: community),
            bus: bus
        ).add(to: table)
        SubscriptionRoutes(community: community).add(to: table)
        NotificationRoutes(community: community).add(to: table)
        MessageBusRoutes(community: community, bus: bus).add(to: table)
        addMail(services, to: table)
        ChangeRoutes(community: community).add(to: table)
        FeedRoutes(community: community).add(to: table)
        MarkdownRoutes(community: community, views: services.views).add(to: table)
        addPages(services, to: table)
        SiteFileRoutes(community: community).add(to: table)
        LongTopicRoutes(community: community).add(to: table)
        EventStreamRoutes(community: community, bus: bus).add(to: table)
        UploadRoutes(community: community).add(to: table)
        DirectUploadRoutes(community: community).add(to: table)
        AvatarRoutes(community: community).add(to: table)
        BadgeRoutes(community: community).add(to: table)
        UserBadgeRoutes(community: community).add(to: table)
        BackupRoutes(community: community).add(to: table)
        EventRoutes(community: community).add(to: table)
        addPeople(community, to: table)
        addStaff(community, to: table)
        WebHookRoutes(community: community, egress: services.egress).add(to: table)
        return (router, table)
    }

    /// Mail that comes over HTTP, archives, and what administrators see of both.
    private static func addMail(_ services: WebServices, to table: RouteTable) {
        EmailRoutes(services: services).add(to: table)
        ArchiveRoutes(services: services).add(to: table)
        AdminEmailRoutes(community: services.community, inspect: services.inspectMail)
            .add(to: table)
    }

    /// What people see in a browser.
    private static func addPages(_ services: WebServices, to table: RouteTable) {
        let community = services.community
        let pages = PageWriter(community: community)
        Stylesheet.add(to: table)
        ListPages(community: community, pages: pages).add(to: table)
        TopicPages(community: community, views: services.views, pages: pages).add(to: table)
        SearchPage(community: community, pages: pages).add(to: table)
        ProfilePages(community: community, pages: pages).add(to: table)
        LogInPages(community: community, pages: pages).add(to: table)
        SignUpPages(community: community, pages: pages).add(to: table)
        ComposePages(community: community, pages: pages).add(to: table)
        PostButtons(community: community, pages: pages).add(to: table)
        EventPages(community: community, pages: pages).add(to: table)
        PreferencePages(community: community, pages: pages).add(to: table)
        SecondFactorPages(community: community, pages: pages).add(to: table)
    }

    /// People's own accounts, and how they come in.
    private static func addPeople(_ community: Community, to table: RouteTable) {
        let pages = PageWriter(community: community)
        AccountRoutes(community: community).add(to: table)
        RecoveryRoutes(community: community, pages: pages).add(to: table)
        PeopleRoutes(community: community).add(to: table)
        InviteRoutes(community: community, pages: pages).add(to: table)
        ConnectRoutes(community: community, pages: pages).add(to: table)
    }

    private static func addStaff(_ community: Community, to table: RouteTable) {
        AdminUserRoutes(community: community).add(to: table)
        ReviewRoutes(community: community).add(to: table)
        AdminLogRoutes(community: community).add(to: table)
        WatchedWordRoutes(community: community).add(to: table)
        ReportRoutes(community: community).add(to: table)
        JobRoutes(community: community).add(to: table)
        ImportRoutes(community: community).add(to: table)
    }

    /// Keys of programs, and what administrators decide.
    private static func addKeys(_ community: Community, to table: RouteTable) {
        let authentication = Authentication(community: community)
        UserAPIKeyRoutes(community: community, authentication: authentication).add(to: table)
        DeviceRoutes(community: community, authentication: authentication).add(to: table)
        AdminAPIKeyRoutes(community: community).add(to: table)
        AdministrationRoutes(community: community).add(to: table)
    }
}
