import Forum
import ForumAPI
import Hummingbird

struct UploadRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Uploads.create, .member, bodyBytes: WebLimits.uploadBodyBytes) { call in
            try await create(call)
        }
        routes.serve(API.Uploads.lookupURLs, .member) { call in
            let names = call.body.shortURLs.compactMap { UploadName(short: $0) }
            return try await community.uploads(names, for: call.viewer)
                .map { UploadPresenter.address($0) }
        }
        routes.serve(API.Uploads.lookupMetadata, .member) { call in
            let upload = try await find(address: call.body.url, call.viewer)
            return UploadMetadataReply(
                originalFilename: upload.originalFilename,
                width: upload.width,
                height: upload.height,
                humanFilesize: UploadPresenter.humanSize(upload.size)
            )
        }
        routes.serve(.get, "/uploads/short-url/{name}", .everybody) { call in
            guard let name = UploadName(short: try call.requiredText("name")) else {
                throw ForumError.notFound
            }
            return try await file(name, call)
        }
        for path in [
            "/uploads/{site}/original/{level}/{name}", "/secure-uploads/original/{level}/{name}",
        ] {
            routes.serve(.get, path, .everybody) { call in
                guard let name = UploadName(hexFile: try call.requiredText("name")) else {
                    throw ForumError.notFound
                }
                return try await file(name, call)
            }
        }
    }

    private func file(_ name: UploadName, _ call: Call<WireValue>) async throws -> Response {
        let upload = try await community.upload(name, for: call.viewer)
        return FileResponse.make(
            upload,
            try await community.content(of: upload),
            isDownload: try call.bool("dl")
        )
    }

    private func find(address: String, _ viewer: Viewer) async throws -> Upload {
        let last = address.split(separator: "/").last.map(String.init) ?? ""
        let name = UploadName(hexFile: last) ?? UploadName(short: last)
        guard let name else { throw ForumError.notFound }
        return try await community.upload(name, for: viewer)
    }

    private func create(_ call: Call<UploadRequest>) async throws -> UploadBody {
        let body = call.body
        let type = try Self.type(body.type ?? body.uploadType)
        let sent = body.file ?? body.files?.arrayValue?.first ?? body.files
        guard case .file(let file)? = sent else {
            if body.url != nil {
                throw ForumError(
                    .invalid,
                    "This server fetches nothing from other sites. Send the file itself as file.",
                    field: "url"
                )
            }
            throw WireError.missing(parameter: "file")
        }
        let upload = try await community.createUpload(
            NewUpload(
                filename: file.filename,
                bytes: file.bytes,
                type: type,
                userID: body.userID.map { UserID(Int64($0)) }
            ),
            by: call.principal
        )
        return UploadPresenter.body(upload)
    }

    /// What a file is for.
    ///
    /// - Throws: `WireError.missing`, `.malformed` for what is none of Discourse's words.
    static func type(_ sent: String?) throws -> String {
        guard let sent, !sent.isEmpty else { throw WireError.missing(parameter: "type") }
        guard types.contains(sent) else {
            throw ForumError(
                .malformed,
                "type must be one of: \(types.joined(separator: ", ")).",
                field: "type"
            )
        }
        return sent
    }

    private static let types = [
        "composer", "avatar", "profile_background", "card_background", "custom_emoji",
        "category_logo", "category_background", "group_flair", "badge_image", "site_setting",
    ]
}
