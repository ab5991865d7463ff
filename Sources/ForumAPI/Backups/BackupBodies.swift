/// A backup (`GET /admin/backups`).
package struct BackupBody: Codable, Sendable, Equatable {
    package var filename: String
    /// Bytes.
    package var size: Int
    package var lastModified: String

    package init(filename: String, size: Int, lastModified: String) {
        self.filename = filename
        self.size = size
        self.lastModified = lastModified
    }

    private enum CodingKeys: String, CodingKey {
        case filename
        case size
        case lastModified = "last_modified"
    }
}

/// `POST /admin/backups`.
package struct BackupRequest: Codable, Sendable, Equatable {
    package var withUploads: Bool

    private enum CodingKeys: String, CodingKey {
        case withUploads = "with_uploads"
    }
}

/// `GET /admin/backups/status`.
package struct BackupStatusReply: Codable, Sendable, Equatable {
    package var isOperationRunning: Bool
    package var canRollback: Bool
    package var allowRestore: Bool

    package init(isOperationRunning: Bool, canRollback: Bool, allowRestore: Bool) {
        self.isOperationRunning = isOperationRunning
        self.canRollback = canRollback
        self.allowRestore = allowRestore
    }

    private enum CodingKeys: String, CodingKey {
        case isOperationRunning = "is_operation_running"
        case canRollback = "can_rollback"
        case allowRestore = "allow_restore"
    }
}

/// One line of `GET /admin/backups/logs`.
package struct BackupLogBody: Codable, Sendable, Equatable {
    package var timestamp: String
    package var operation: String
    package var message: String

    package init(timestamp: String, operation: String, message: String) {
        self.timestamp = timestamp
        self.operation = operation
        self.message = message
    }
}

/// Copies of everything, for administrators.
extension API {
    package enum Backups {
        package static let list = Endpoint<NoBody, [BackupBody]>(.get, "/admin/backups")
        package static let create = Endpoint<BackupRequest, SuccessReply>(.post, "/admin/backups")
        package static let status = Endpoint<NoBody, BackupStatusReply>(
            .get,
            "/admin/backups/status"
        )
        package static let logs = Endpoint<NoBody, [BackupLogBody]>(.get, "/admin/backups/logs")
        package static let mailLink = Endpoint<NoBody, NoReply>(
            .put,
            "/admin/backups/{filename}",
            takesSuffix: false
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/backups/{filename}",
            takesSuffix: false
        )
        package static let restore = Endpoint<NoBody, SuccessReply>(
            .post,
            "/admin/backups/{filename}/restore"
        )

        static let signatures = [
            list.signature, create.signature, status.signature, logs.signature,
            mailLink.signature, delete.signature, restore.signature,
        ]
    }
}
