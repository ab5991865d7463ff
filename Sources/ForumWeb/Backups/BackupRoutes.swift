import Forum
import ForumAPI
import Foundation
import Hummingbird
import Postgres

struct BackupRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Backups.list, .admin) { call in
            try await community.backups(by: call.principal).map { backup in
                BackupBody(
                    filename: backup.filename,
                    size: backup.size,
                    lastModified: Timestamp(
                        secondsSince1970: backup.lastModified.timeIntervalSince1970
                    ).iso8601
                )
            }
        }
        routes.serve(API.Backups.create, .admin) { call in
            try await community.startBackup(
                withUploads: call.body.withUploads,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Backups.status, .admin) { call in
            let status = try await community.backupStatus(by: call.principal)
            return BackupStatusReply(
                isOperationRunning: status.isOperationRunning,
                canRollback: false,
                allowRestore: status.isRestoreAllowed
            )
        }
        routes.serve(API.Backups.logs, .admin) { call in
            try await community.backupLog(by: call.principal).map {
                BackupLogBody(timestamp: $0.createdAt, operation: $0.kind, message: $0.message)
            }
        }
        routes.serve(API.Backups.mailLink, .admin) { call in
            try await community.mailBackupLink(
                call.requiredText("filename"),
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(.get, "/admin/backups/{filename}", .admin) { call in
            let (backup, path) = try await community.fetchBackup(
                call.requiredText("filename"),
                token: call.text("token") ?? "",
                by: call.principal
            )
            return try FileResponse.archive(at: path, named: backup.filename)
        }
        routes.serve(API.Backups.delete, .admin) { call in
            try await community.deleteBackup(call.requiredText("filename"), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Backups.restore, .admin) { call in
            try await community.startRestore(call.requiredText("filename"), by: call.principal)
            return SuccessReply()
        }
    }
}
