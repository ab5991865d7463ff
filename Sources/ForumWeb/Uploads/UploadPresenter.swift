import Forum
import ForumAPI

enum UploadPresenter {
    static func body(_ upload: Upload) -> UploadBody {
        var body = UploadBody()
        body.id = Int(upload.id.value)
        body.url = upload.url
        body.originalFilename = upload.originalFilename
        body.filesize = upload.size
        body.width = upload.width
        body.height = upload.height
        body.thumbnailWidth = upload.shown?.width
        body.thumbnailHeight = upload.shown?.height
        body.fileExtension = upload.fileExtension
        body.shortURL = upload.shortURL
        body.shortPath = upload.shortPath
        body.humanFilesize = humanSize(upload.size)
        return body
    }

    static func address(_ upload: Upload) -> UploadAddressBody {
        UploadAddressBody(
            shortURL: upload.shortURL,
            url: upload.url,
            shortPath: upload.shortPath
        )
    }

    /// `1.2 MB`, in Discourse's words.
    static func humanSize(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) Bytes" }
        var value = Double(bytes) / 1024
        var unit = "KB"
        for next in ["MB", "GB", "TB"] where value >= 1024 {
            value /= 1024
            unit = next
        }
        let tenths = Int((value * 10).rounded())
        return value >= 100 || tenths % 10 == 0
            ? "\(Int(value.rounded())) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
