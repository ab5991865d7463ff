/// The site as a whole.
extension API {
    package enum Site {
        package static let show = Endpoint<NoBody, SiteBody>(.get, "/site")
        package static let basicInfo = Endpoint<NoBody, BasicInfoBody>(.get, "/site/basic-info")
        /// Settings by their names, with values of their kinds: what a program needs to know before it writes.
        package static let settings = Endpoint<NoBody, WireValue>(.get, "/site/settings")
        package static let about = Endpoint<NoBody, AboutReply>(.get, "/about")
        package static let manifest = Endpoint<NoBody, ManifestBody>(.get, "/manifest")

        package static let statistics = Endpoint<NoBody, AboutStatsBody>(
            .get,
            "/site/statistics"
        )
        package static let openAPI = Endpoint<NoBody, WireValue>(.get, "/openapi")

        static let signatures = [
            statistics.signature,
            show.signature,
            basicInfo.signature,
            settings.signature,
            about.signature,
            manifest.signature,
            openAPI.signature,
        ]
    }
}
