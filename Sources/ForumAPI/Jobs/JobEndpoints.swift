/// What is queued and what has failed. Discourse has no such operations.
extension API {
    package enum Jobs {
        package static let list = Endpoint<ListJobsRequest, JobListReply>(.get, "/admin/jobs")
        package static let show = Endpoint<NoBody, JobBody>(.get, "/admin/jobs/{id}")
        package static let retry = Endpoint<NoBody, SuccessReply>(.put, "/admin/jobs/{id}/retry")
        package static let discard = Endpoint<NoBody, SuccessReply>(.delete, "/admin/jobs/{id}")

        static let signatures = [
            list.signature, show.signature, retry.signature, discard.signature,
        ]
    }
}
