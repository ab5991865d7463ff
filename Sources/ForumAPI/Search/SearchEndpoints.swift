/// Finding things.
extension API {
    package enum Search {
        package static let search = Endpoint<SearchQuery, SearchReply>(.get, "/search")

        static let signatures = [search.signature]
    }
}
