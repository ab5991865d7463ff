import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Logging

/// How fast requests may come. Nothing here asks the database: see `RequestCounts`.
struct RequestLimits: Sendable {
    let community: Community

    private var site: SiteSettings { community.settings.current }

    /// Addresses of this machine and of private networks are not limited, as in Discourse.
    func isExempt(_ address: String?) -> Bool {
        if site.maxReqsRateLimitOnPrivate { return false }
        return address.map(ClientNetwork.isPrivate) ?? true
    }

    /// Counts a request of somebody who shows nothing that proves who they are.
    func countStranger(_ context: WebContext) throws(ForumError) {
        guard site.maxReqsPerIPMode != "none", !isExempt(context.clientAddress) else { return }
        let network = ClientNetwork.of(context.clientAddress)
        try count(RateLimit.requests(.network(network), site), context)
    }

    /// Before a credential is looked up: whoever has guessed for long enough is not listened to.
    func checkGuesses(_ context: WebContext) throws(ForumError) {
        guard site.maxReqsPerIPMode == "block", !isExempt(context.clientAddress) else { return }
        let now = community.clock()
        let network = ClientNetwork.of(context.clientAddress)
        guard community.requestCounts.isUsedUp(.badCookies(network), at: now) else { return }
        for limit in RateLimit.requests(.network(network), site)
        where community.requestCounts.isUsedUp(limit, at: now) {
            throw limit.error(wait: limit.seconds)
        }
    }

    func countGuess(_ context: WebContext) throws(ForumError) {
        guard !isExempt(context.clientAddress) else { return }
        let network = ClientNetwork.of(context.clientAddress)
        _ = community.requestCounts.take([.badCookies(network)], at: community.clock())
        try countStranger(context)
    }

    /// Counts a request of somebody who has proved who they are.
    func countMember(_ principal: Principal, _ context: WebContext) throws(ForumError) {
        guard !isExempt(context.clientAddress) else { return }
        switch context.proof {
        case .apiKey:
            let limits = context.proven.userKey.map { RateLimit.userAPI(key: $0, site) }
            try count(limits ?? [RateLimit.adminAPI(site)], context)
        case .none, .session:
            guard principal.trustLevel >= site.skipPerIPRateLimitTrustLevel else {
                return try countStranger(context)
            }
            guard site.maxReqsPerIPMode != "none" else { return }
            try count(RateLimit.requests(.user(principal.id), site), context)
        }
    }

    private func count(_ limits: [RateLimit], _ context: WebContext) throws(ForumError) {
        guard let refusal = community.requestCounts.take(limits, at: community.clock()) else {
            return
        }
        if site.maxReqsPerIPMode == "warn", context.proof != .apiKey {
            context.logger.warning(
                "too many requests",
                metadata: ["client": "\(context.clientAddress ?? "")"]
            )
            return
        }
        throw refusal
    }
}

/// Limits of single routes, whoever declares them.
struct RouteLimits: Sendable {
    /// Counted in memory.
    var counted: [RateLimit] = []
    /// Counted in the database, and given back when the request is refused.
    var kept: [RateLimit] = []

    init(_ signature: String, _ call: Call<WireValue>, _ community: Community) {
        let site = community.settings.current
        let requests = RequestLimits(community: community)
        let isExempt = requests.isExempt(call.clientAddress)
        let network = ClientNetwork.of(call.clientAddress)
        let isStranger = call.viewer == .anonymous
        switch signature {
        case "GET /search", "GET /search/query", "GET \(Representation.html.routed("/search"))":
            guard !isStranger || !isExempt else { return }
            counted = RateLimit.searches(call.viewer, network, site)
        case "POST /session", "POST /forms/log-in":
            if !isExempt { kept = RateLimit.logIns(network, site) }
        case "POST /session/forgot_password", "POST /forms/forgot-password":
            if !isExempt { kept = RateLimit.forgottenPasswords(network) }
        case _ where signature.contains(".mbox") && signature.hasPrefix("GET /c/"):
            if !isStranger || !isExempt { counted = RateLimit.archives(call.viewer, network) }
        default:
            guard signature.contains("/t/{"), signature.hasPrefix("GET "), !isStranger || !isExempt,
                ["true", "1", "t"].contains(call.parameters["print"]?.stringValue)
            else { return }
            counted = RateLimit.prints(call.viewer, network, site)
        }
    }

    /// Answers within the limits.
    func within(
        _ community: Community,
        _ answer: () async throws -> Response
    ) async throws -> Response {
        if !counted.isEmpty,
            let refusal = community.requestCounts.take(counted, at: community.clock())
        {
            throw refusal
        }
        if kept.isEmpty { return try await answer() }
        return try await community.within(kept, answer)
    }
}
