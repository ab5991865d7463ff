import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Uploads whose content is put at signed addresses: what Discourse leaves to an external store.
struct DirectUploadRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Uploads.presignPut, .member) { call in
            let upload = try await announce(call, isMultipart: false)
            return PresignedPutReply(
                key: upload.key,
                url: community.signedAddress(of: upload, part: 0),
                uniqueIdentifier: upload.uniqueIdentifier
            )
        }
        routes.serve(API.Uploads.createMultipart, .member) { call in
            let upload = try await announce(call, isMultipart: true)
            return MultipartUploadReply(
                key: upload.key,
                externalUploadIdentifier: upload.externalIdentifier ?? "",
                uniqueIdentifier: upload.uniqueIdentifier
            )
        }
        routes.serve(API.Uploads.presignParts, .member) { call in try await presign(call) }
        routes.serve(API.Uploads.completeExternal, .member) { call in
            UploadPresenter.body(
                try await community.completeUpload(
                    call.body.uniqueIdentifier,
                    parts: nil,
                    by: call.principal
                )
            )
        }
        routes.serve(API.Uploads.completeMultipart, .member) { call in
            UploadPresenter.body(
                try await community.completeUpload(
                    call.body.uniqueIdentifier,
                    parts: call.body.parts.map {
                        UploadedPart(number: $0.partNumber, etag: $0.etag)
                    },
                    by: call.principal
                )
            )
        }
        routes.serve(API.Uploads.abortMultipart, .member) { call in
            try await community.abortUpload(
                external: call.body.externalUploadIdentifier,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(
            .put,
            RouteTable.rawBodyPath,
            .open,
            bodyBytes: WebLimits.uploadBodyBytes
        ) { call in try await put(call) }
    }

    private func announce(
        _ call: Call<AnnounceUploadRequest>,
        isMultipart: Bool
    ) async throws -> ExternalUpload {
        let body = call.body
        let type = try UploadRoutes.type(body.type ?? body.uploadType)
        return try await community.announceUpload(
            UploadAnnouncement(
                filename: body.fileName,
                filesize: body.fileSize,
                type: type,
                sha1: body.metadata?.sha1Checksum?.lowercased()
            ),
            isMultipart: isMultipart,
            by: call.principal
        )
    }

    private func presign(_ call: Call<PresignPartsRequest>) async throws -> PresignedPartsReply {
        let upload = try await community.externalUpload(
            call.body.uniqueIdentifier,
            by: call.principal
        )
        let numbers = call.body.partNumbers
        guard upload.isMultipart, !numbers.isEmpty, numbers.count <= Limits.signedAtOnce,
            numbers.allSatisfy({ (1...Limits.uploadParts).contains($0) })
        else {
            throw ForumError(
                .malformed,
                "part_numbers must be at most \(Limits.signedAtOnce) numbers from 1 to "
                    + "\(Limits.uploadParts).",
                field: "part_numbers"
            )
        }
        return PresignedPartsReply(
            presignedURLs: Dictionary(
                numbers.map { ("\($0)", community.signedAddress(of: upload, part: $0)) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    /// The address is its own proof: nobody is logged in where a file is put.
    private func put(_ call: Call<WireValue>) async throws -> Response {
        guard case .file(let file)? = call.parameters["body"],
            let part = try call.int("part"), let expires = try call.int("expires")
        else { throw ForumError.notFound }
        let etag = try await community.putPart(
            part,
            of: call.requiredText("identifier"),
            file.bytes,
            expires: Int64(expires),
            signature: call.requiredText("signature")
        )
        var response = Response.empty()
        response.headers[.eTag] = "\"\(etag)\""
        return response
    }
}
