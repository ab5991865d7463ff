/// Discourse's limits, by the settings of a site.
extension RateLimit {
    static let minute = 60
    static let hour = 3600
    static let day = 86_400

    // MARK: Requests

    /// What one network, or one member of some standing, may ask.
    package static func requests(_ subject: Subject, _ site: SiteSettings) -> [RateLimit] {
        let isUser = if case .user = subject { true } else { false }
        let kind = isUser ? "id" : "ip"
        return [
            RateLimit(
                "\(kind)10",
                subject,
                allowed: site.maxReqsPerIPPer10Seconds,
                seconds: 10,
                code: "\(kind)_10_secs_limit"
            ),
            RateLimit(
                "\(kind)60",
                subject,
                allowed: site.maxReqsPerIPPerMinute,
                seconds: minute,
                code: "\(kind)_60_secs_limit"
            ),
        ]
    }

    /// One bucket for all keys of administrators.
    package static func adminAPI(_ site: SiteSettings) -> RateLimit {
        RateLimit(
            "admin_api_min",
            .site,
            allowed: site.maxAdminAPIReqsPerMinute,
            seconds: minute,
            code: "admin_api_key_rate_limit"
        )
    }

    /// - Parameter key: Tells one key from another; not the key itself.
    package static func userAPI(key: String, _ site: SiteSettings) -> [RateLimit] {
        [
            RateLimit(
                "user_api_min",
                .other(key),
                allowed: site.maxUserAPIReqsPerMinute,
                seconds: minute,
                code: "user_api_key_limiter_60_secs"
            ),
            RateLimit(
                "user_api_day",
                .other(key),
                allowed: site.maxUserAPIReqsPerDay,
                seconds: day,
                code: "user_api_key_limiter_1_day"
            ),
        ]
    }

    /// Sessions that prove nothing: guesses.
    package static func badCookies(_ network: String) -> RateLimit {
        RateLimit("bad-cookie", .network(network), allowed: 10, seconds: minute)
    }

    // MARK: Actions

    package static func logIns(_ network: String, _ site: SiteSettings) -> [RateLimit] {
        [
            RateLimit(
                "login-min",
                .network(network),
                allowed: site.maxLoginsPerIPPerMinute,
                seconds: minute
            ),
            RateLimit(
                "login-hr",
                .network(network),
                allowed: site.maxLoginsPerIPPerHour,
                seconds: hour
            ),
        ]
    }

    package static func forgottenPasswords(_ network: String) -> [RateLimit] {
        [
            RateLimit("forgot-password-min", .network(network), allowed: 3, seconds: minute),
            RateLimit("forgot-password-hr", .network(network), allowed: 6, seconds: hour),
        ]
    }

    package static func searches(
        _ viewer: Viewer,
        _ network: String,
        _ site: SiteSettings
    )
        -> [RateLimit]
    {
        if let principal = viewer.principal {
            return [
                RateLimit(
                    "search-min",
                    .user(principal.id),
                    allowed: site.rateLimitSearchUser,
                    seconds: minute
                )
            ]
        }
        return [
            RateLimit(
                "search-min",
                .network(network),
                allowed: site.rateLimitSearchAnonUserPerMinute,
                seconds: minute
            ),
            RateLimit(
                "search-sec",
                .network(network),
                allowed: site.rateLimitSearchAnonUserPerSecond,
                seconds: 1
            ),
            RateLimit(
                "search-min-anon-global",
                .site,
                allowed: site.rateLimitSearchAnonGlobalPerMinute,
                seconds: minute
            ),
        ]
    }

    /// Topics of up to a thousand posts at once.
    package static func prints(
        _ viewer: Viewer,
        _ network: String,
        _ site: SiteSettings
    )
        -> [RateLimit]
    {
        if viewer.isStaff { return [] }
        let subject = viewer.principal.map { Subject.user($0.id) } ?? .network(network)
        return [
            RateLimit(
                "print-topic-per-hour",
                subject,
                allowed: site.maxPrintsPerHourPerUser,
                seconds: hour
            )
        ]
    }

    /// Whole categories at once.
    package static func archives(_ viewer: Viewer, _ network: String) -> [RateLimit] {
        if viewer.isStaff { return [] }
        let subject = viewer.principal.map { Subject.user($0.id) } ?? .network(network)
        return [RateLimit("category-archive-hr", subject, allowed: 10, seconds: hour)]
    }

    package static func edits(_ principal: Principal, _ site: SiteSettings) -> [RateLimit] {
        perDay("edit_post", principal, site.editsPerDay(of: principal))
    }

    package static func deletions(_ principal: Principal, _ site: SiteSettings) -> [RateLimit] {
        if principal.isStaff { return [] }
        return perDay("delete_post", principal, site.maxPostDeletionsPerDay) + [
            RateLimit(
                "delete_post_min",
                .user(principal.id),
                allowed: site.maxPostDeletionsPerMinute,
                seconds: minute
            )
        ]
    }

    private static func perDay(
        _ name: String,
        _ principal: Principal,
        _ allowed: Int
    ) -> [RateLimit] {
        if principal.isStaff { return [] }
        return [RateLimit(name, .user(principal.id), allowed: allowed, seconds: day)]
    }
}

extension SiteSettings {
    package func likesPerDay(of principal: Principal) -> Int {
        let factors = [tl2LikesMultiplier, tl3LikesMultiplier, tl4LikesMultiplier]
        return Self.multiplied(maxLikesPerDay, factors, principal)
    }

    package func flagsPerDay(of principal: Principal) -> Int {
        let factors = [tl2FlagsMultiplier, tl3FlagsMultiplier, tl4FlagsMultiplier]
        return Self.multiplied(maxFlagsPerDay, factors, principal)
    }

    func editsPerDay(of principal: Principal) -> Int {
        let factors = [tl2EditsMultiplier, tl3EditsMultiplier, tl4EditsMultiplier]
        return Self.multiplied(maxEditsPerDay, factors, principal)
    }

    /// A limit for the day, larger for those who are trusted.
    private static func multiplied(
        _ limit: Int,
        _ factors: [String],
        _ principal: Principal
    ) -> Int {
        let place = principal.trustLevel - 2
        guard factors.indices.contains(place), let factor = Double(factors[place]) else {
            return limit
        }
        return Int(Double(limit) * max(factor, 1))
    }
}
