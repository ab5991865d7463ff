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

        /// What was trimmed off the mail that a post came by, for its author and staff.
        package static let elided = Endpoint<NoBody, ElidedReply>(
            .get,
            "/posts/{post_id}/elided"
        )

        /// Puts it behind the text again.
        package static let restoreElided = Endpoint<NoBody, PostBody>(
            .put,
            "/posts/{post_id}/elided/restore"
        )

        static let signatures = [
            handleMail.signature, shouldReject.signature, rawEmail.signature, elided.signature,
            restoreElided.signature,
        ]
    }
}
