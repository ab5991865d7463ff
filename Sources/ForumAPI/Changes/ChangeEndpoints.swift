/// What changed since a client last asked.
extension API {
    package enum Changes {
        package static let list = Endpoint<ChangesQuery, ChangesReply>(.get, "/changes")

        static let signatures = [list.signature]
    }
}
