/// Mail over HTTP.
extension API {
    package enum Email {
        package static let handleMail = Endpoint<HandleMailRequest, TextReply>(
            .post,
            "/admin/email/handle_mail"
        )

        package static let rawEmail = Endpoint<NoBody, RawEmailReply>(
            .get,
            "/posts/{post_id}/raw-email"
        )

        static let signatures = [handleMail.signature, rawEmail.signature]
    }
}
