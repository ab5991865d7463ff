/// What members have collected of what is kept of them.
extension API {
    package enum Exports {
        package static let request = Endpoint<ExportRequest, SuccessReply>(
            .post,
            "/export_csv/export_entity",
            summary: "Ask for an archive of one's own data"
        )

        static let signatures = [
            request.signature
        ]
    }
}

/// `POST /export_csv/export_entity`.
package struct ExportRequest: Codable, Sendable, Equatable {
    /// `user_archive`.
    package var entity: String

    package init(entity: String) {
        self.entity = entity
    }

    private enum CodingKeys: String, CodingKey {
        case entity
    }
}
