/// `POST /uploads/generate-presigned-put` and `create-multipart`.
package struct AnnounceUploadRequest: Codable, Sendable, Equatable {
    /// What the file is for; also `upload_type`.
    package var type: String?
    package var uploadType: String?
    package var fileName: String
    /// Bytes.
    package var fileSize: Int
    package var metadata: UploadMetadata?

    private enum CodingKeys: String, CodingKey {
        case type
        case uploadType = "upload_type"
        case fileName = "file_name"
        case fileSize = "file_size"
        case metadata
    }
}

package struct UploadMetadata: Codable, Sendable, Equatable {
    package var sha1Checksum: String?

    private enum CodingKeys: String, CodingKey {
        case sha1Checksum = "sha1-checksum"
    }
}

/// Where a file is to be put.
package struct PresignedPutReply: Codable, Sendable, Equatable {
    package var key: String
    package var url: String
    /// To be sent with the PUT.
    package var signedHeaders: [String: String] = [:]
    package var uniqueIdentifier: String

    package init(key: String, url: String, uniqueIdentifier: String) {
        self.key = key
        self.url = url
        self.uniqueIdentifier = uniqueIdentifier
    }

    private enum CodingKeys: String, CodingKey {
        case key
        case url
        case signedHeaders = "signed_headers"
        case uniqueIdentifier = "unique_identifier"
    }
}

/// `POST /uploads/create-multipart`.
package struct MultipartUploadReply: Codable, Sendable, Equatable {
    package var key: String
    package var externalUploadIdentifier: String
    package var uniqueIdentifier: String

    package init(key: String, externalUploadIdentifier: String, uniqueIdentifier: String) {
        self.key = key
        self.externalUploadIdentifier = externalUploadIdentifier
        self.uniqueIdentifier = uniqueIdentifier
    }

    private enum CodingKeys: String, CodingKey {
        case key
        case externalUploadIdentifier = "external_upload_identifier"
        case uniqueIdentifier = "unique_identifier"
    }
}

/// `POST /uploads/batch-presign-multipart-parts`.
package struct PresignPartsRequest: Codable, Sendable, Equatable {
    /// From 1 to 10000.
    package var partNumbers: [Int]
    package var uniqueIdentifier: String

    private enum CodingKeys: String, CodingKey {
        case partNumbers = "part_numbers"
        case uniqueIdentifier = "unique_identifier"
    }
}

package struct PresignedPartsReply: Codable, Sendable, Equatable {
    /// By the number of the part.
    package var presignedURLs: [String: String]

    package init(presignedURLs: [String: String]) { self.presignedURLs = presignedURLs }

    private enum CodingKeys: String, CodingKey {
        case presignedURLs = "presigned_urls"
    }
}

/// `POST /uploads/complete-external-upload`.
package struct CompleteUploadRequest: Codable, Sendable, Equatable {
    package var uniqueIdentifier: String
    package var forPrivateMessage: Bool?
    package var forSiteSetting: Bool?
    package var pasted: Bool?

    private enum CodingKeys: String, CodingKey {
        case uniqueIdentifier = "unique_identifier"
        case forPrivateMessage = "for_private_message"
        case forSiteSetting = "for_site_setting"
        case pasted
    }
}

/// `POST /uploads/complete-multipart`.
package struct CompleteMultipartRequest: Codable, Sendable, Equatable {
    package var uniqueIdentifier: String
    package var parts: [UploadPartBody]

    private enum CodingKeys: String, CodingKey {
        case uniqueIdentifier = "unique_identifier"
        case parts
    }
}

package struct UploadPartBody: Codable, Sendable, Equatable {
    package var partNumber: Int
    package var etag: String

    private enum CodingKeys: String, CodingKey {
        case partNumber = "part_number"
        case etag
    }
}

/// `POST /uploads/abort-multipart`.
package struct AbortUploadRequest: Codable, Sendable, Equatable {
    package var externalUploadIdentifier: String

    private enum CodingKeys: String, CodingKey {
        case externalUploadIdentifier = "external_upload_identifier"
    }
}
