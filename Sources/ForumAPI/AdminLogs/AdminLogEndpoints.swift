/// What staff did, and what sign-ups are checked against.
extension API {
    package enum AdminLogs {
        package static let staffActions = Endpoint<ListStaffActionsRequest, StaffActionLogsReply>(
            .get,
            "/admin/logs/staff_action_logs"
        )
        package static let screenedEmails = Endpoint<ListScreenedRequest, [ScreenedEmailBody]>(
            .get,
            "/admin/logs/screened_emails"
        )
        package static let forgetEmail = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/logs/screened_emails/{id}"
        )
        package static let screenedAddresses = Endpoint<
            ListScreenedRequest, [ScreenedIPAddressBody]
        >(.get, "/admin/logs/screened_ip_addresses")
        package static let screenAddress = Endpoint<ScreenIPAddressRequest, ScreenIPAddressReply>(
            .post,
            "/admin/logs/screened_ip_addresses"
        )
        package static let changeAddress = Endpoint<ScreenIPAddressRequest, ScreenIPAddressReply>(
            .put,
            "/admin/logs/screened_ip_addresses/{id}"
        )
        package static let forgetAddress = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/logs/screened_ip_addresses/{id}"
        )
        package static let screenedURLs = Endpoint<ListScreenedRequest, [ScreenedURLBody]>(
            .get,
            "/admin/logs/screened_urls"
        )

        static let signatures = [
            staffActions.signature, screenedEmails.signature, forgetEmail.signature,
            screenedAddresses.signature, screenAddress.signature, changeAddress.signature,
            forgetAddress.signature, screenedURLs.signature,
        ]
    }
}
