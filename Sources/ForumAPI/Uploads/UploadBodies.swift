/// A file that was taken (`POST /uploads`).
package struct UploadBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var url: String = ""
    package var originalFilename: String = ""
    /// Bytes.
    package var filesize: Int = 0
    /// Pixels; null for what is no picture.
    package var width: Int?
    package var height: Int?
    package var thumbnailWidth: Int?
    package var thumbnailHeight: Int?
    /// `extension` on the wire.
    package var fileExtension: String = ""
    /// `upload://…`, as posts refer to it.
    package var shortURL: String = ""
    package var shortPath: String = ""
    package var retainHours: String?
    package var humanFilesize: String = ""
    package var dominantColor: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case url
        case originalFilename = "original_filename"
        case filesize
        case width
        case height
        case thumbnailWidth = "thumbnail_width"
        case thumbnailHeight = "thumbnail_height"
        case fileExtension = "extension"
        case shortURL = "short_url"
        case shortPath = "short_path"
        case retainHours = "retain_hours"
        case humanFilesize = "human_filesize"
        case dominantColor = "dominant_color"
    }
}

/// One answer of `POST /uploads/lookup-urls`.
package struct UploadAddressBody: Codable, Sendable, Equatable {
    package var shortURL: String
    package var url: String
    package var shortPath: String

    package init(shortURL: String, url: String, shortPath: String) {
        self.shortURL = shortURL
        self.url = url
        self.shortPath = shortPath
    }

    private enum CodingKeys: String, CodingKey {
        case shortURL = "short_url"
        case url
        case shortPath = "short_path"
    }
}

/// `POST /uploads/lookup-metadata`.
package struct UploadMetadataReply: Codable, Sendable, Equatable {
    package var originalFilename: String
    package var width: Int?
    package var height: Int?
    package var humanFilesize: String

    package init(originalFilename: String, width: Int?, height: Int?, humanFilesize: String) {
        self.originalFilename = originalFilename
        self.width = width
        self.height = height
        self.humanFilesize = humanFilesize
    }

    private enum CodingKeys: String, CodingKey {
        case originalFilename = "original_filename"
        case width
        case height
        case humanFilesize = "human_filesize"
    }
}

/// `POST /user_avatar/{username}/refresh_gravatar`.
package struct GravatarReply: Codable, Sendable, Equatable {
    package var gravatarUploadID: Int?
    package var gravatarAvatarTemplate: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case gravatarUploadID = "gravatar_upload_id"
        case gravatarAvatarTemplate = "gravatar_avatar_template"
    }
}
