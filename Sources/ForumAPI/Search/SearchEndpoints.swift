/// Finding things.
extension API {
    package enum Search {
        package static let search = Endpoint<SearchQuery, SearchReply>(.get, "/search")

        /// What is found while somebody types.
        package static let typed = Endpoint<TypedSearchQuery, SearchReply>(
            .get,
            "/search/query"
        )

        static let signatures = [search.signature, typed.signature]
    }
}
