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

        package static let presignPut = Endpoint<AnnounceUploadRequest, PresignedPutReply>(
            .post,
            "/uploads/generate-presigned-put"
        )
        package static let completeExternal = Endpoint<CompleteUploadRequest, UploadBody>(
            .post,
            "/uploads/complete-external-upload"
        )
        package static let createMultipart = Endpoint<AnnounceUploadRequest, MultipartUploadReply>(
            .post,
            "/uploads/create-multipart"
        )
        package static let presignParts = Endpoint<PresignPartsRequest, PresignedPartsReply>(
            .post,
            "/uploads/batch-presign-multipart-parts"
        )
        package static let abortMultipart = Endpoint<AbortUploadRequest, SuccessReply>(
            .post,
            "/uploads/abort-multipart"
        )
        package static let completeMultipart = Endpoint<CompleteMultipartRequest, UploadBody>(
            .post,
            "/uploads/complete-multipart"
        )

        static let signatures = [
            create.signature, lookupURLs.signature, lookupMetadata.signature,
            pickAvatar.signature, removeAvatar.signature, refreshGravatar.signature,
            presignPut.signature, completeExternal.signature, createMultipart.signature,
            presignParts.signature, abortMultipart.signature, completeMultipart.signature,
        ]
    }
}
