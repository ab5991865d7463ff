/// Mail that comes over HTTP.
extension API {
    package enum Email {
        package static let handleMail = Endpoint<HandleMailRequest, TextReply>(
            .post,
            "/admin/email/handle_mail"
        )

        static let signatures = [handleMail.signature]
    }
}
