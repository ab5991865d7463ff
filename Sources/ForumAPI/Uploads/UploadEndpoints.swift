/// Files, and the pictures of people made of them.
extension API {
    package enum Uploads {
        package static let create = Endpoint<UploadRequest, UploadBody>(.post, "/uploads")
        package static let lookupURLs = Endpoint<LookupURLsRequest, [UploadAddressBody]>(
            .post,
            "/uploads/lookup-urls"
        )
        package static let lookupMetadata = Endpoint<LookupMetadataRequest, UploadMetadataReply>(
            .post,
            "/uploads/lookup-metadata"
        )
        package static let pickAvatar = Endpoint<PickAvatarRequest, SuccessReply>(
            .put,
            "/u/{username}/preferences/avatar/pick"
        )
        package static let removeAvatar = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/u/{username}/preferences/avatar"
        )
        package static let refreshGravatar = Endpoint<NoBody, GravatarReply>(
            .post,
            "/user_avatar/{username}/refresh_gravatar"
        )

        /// What an external store makes possible, which there is none of here.
        package static let external = [
            "generate-presigned-put", "complete-external-upload", "create-multipart",
            "batch-presign-multipart-parts", "abort-multipart", "complete-multipart",
        ].map { Endpoint<ExternalUploadRequest, NoReply>(.post, "/uploads/\($0)") }

        static let signatures =
            [
                create.signature, lookupURLs.signature, lookupMetadata.signature,
                pickAvatar.signature, removeAvatar.signature, refreshGravatar.signature,
            ] + external.map(\.signature)
    }
}
