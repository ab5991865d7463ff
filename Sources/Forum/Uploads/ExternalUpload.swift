package import Postgres

/// A file that is on its way: announced, and then put, whole or in parts, at addresses that this
/// server signs. To its clients the server is the "external store" of Discourse's direct uploads.
package struct ExternalUpload: Sendable, Equatable, RowDecodable {
    /// Random; what the client names it by afterwards.
    package let uniqueIdentifier: String
    /// Of the store: there is one only where the file comes in parts.
    package let externalIdentifier: String?
    package let userID: UserID
    package let type: String
    package let filename: String
    /// Announced, in bytes.
    package let filesize: Int
    /// SHA-1 in hexadecimal, when it was announced.
    package let sha1: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        uniqueIdentifier = try row.next()
        externalIdentifier = try row.next()
        userID = try row.next()
        type = try row.next()
        filename = try row.next()
        filesize = try row.next()
        sha1 = try row.next()
    }

    package var isMultipart: Bool { externalIdentifier != nil }

    /// Where its parts stand in the community's folder until it is complete.
    var folder: String { Self.folder(uniqueIdentifier) }

    static func folder(_ identifier: String) -> String { "uploads/temp/\(identifier)" }

    package var key: String { "temp/\(uniqueIdentifier)/\(Community.filename(filename))" }
}

/// What a client announces.
package struct UploadAnnouncement: Sendable {
    package var filename: String
    package var filesize: Int
    package var type: String
    package var sha1: String?

    package init(filename: String, filesize: Int, type: String, sha1: String?) {
        self.filename = filename
        self.filesize = filesize
        self.type = type
        self.sha1 = sha1
    }
}

/// A part as the client names it when it completes the upload.
package struct UploadedPart: Sendable {
    package var number: Int
    /// The tag that the server gave for it.
    package var etag: String

    package init(number: Int, etag: String) {
        self.number = number
        self.etag = etag
    }
}

extension Limits {
    /// Files that one member may have on the way.
    static let externalUploadsPerUser = 20
    /// Seconds in which an announced file has to be complete.
    static let externalUploadSeconds = 86_400.0
    /// Seconds that a signed address is good for (Discourse: 10 minutes).
    static let signedAddressSeconds: Int64 = 600
    /// Numbers of parts, and how many addresses are signed at once.
    package static let uploadParts = 10_000
    package static let signedAtOnce = 100
}
