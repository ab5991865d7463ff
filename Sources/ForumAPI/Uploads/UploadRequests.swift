/// `POST /uploads`, as `multipart/form-data`.
package struct UploadRequest: Codable, Sendable, Equatable {
    /// What the file is for; clients send it as `type`, the documentation calls it `upload_type`.
    package var type: String?
    package var uploadType: String?
    /// Whom it is for, when it is a picture of somebody.
    package var userID: Int?
    package var synchronous: Bool?
    package var pasted: Bool?
    package var forPrivateMessage: Bool?
    /// A file; `files[]` is the older name, for a list of which the first counts.
    package var file: WireValue?
    package var files: WireValue?
    /// An address that the server is to fetch the file from.
    package var url: String?

    private enum CodingKeys: String, CodingKey {
        case type
        case uploadType = "upload_type"
        case userID = "user_id"
        case synchronous
        case pasted
        case forPrivateMessage = "for_private_message"
        case file
        case files
        case url
    }
}

/// `POST /uploads/lookup-urls`.
package struct LookupURLsRequest: Codable, Sendable, Equatable {
    package var shortURLs: [String]

    private enum CodingKeys: String, CodingKey {
        case shortURLs = "short_urls"
    }
}

/// `POST /uploads/lookup-metadata`.
package struct LookupMetadataRequest: Codable, Sendable, Equatable {
    package var url: String
}

/// `PUT /u/{username}/preferences/avatar/pick`.
package struct PickAvatarRequest: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case uploaded
        case custom
        case gravatar
        case system
    }

    package var type: Kind
    package var uploadID: Int?

    private enum CodingKeys: String, CodingKey {
        case type
        case uploadID = "upload_id"
    }
}
