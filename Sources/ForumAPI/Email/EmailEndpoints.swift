/// Mail over HTTP.
extension API {
    package enum Email {
        package static let handleMail = Endpoint<HandleMailRequest, TextReply>(
            .post,
            "/admin/email/handle_mail"
        )

        /// What a mail server asks before it takes a mail.
        package static let shouldReject = Endpoint<ShouldRejectRequest, ShouldRejectReply>(
            .get,
            "/admin/email/smtp_should_reject"
        )

        package static let rawEmail = Endpoint<NoBody, RawEmailReply>(
            .get,
            "/posts/{post_id}/raw-email"
        )

        static let signatures = [
            handleMail.signature, shouldReject.signature, rawEmail.signature,
        ]
    }
}
