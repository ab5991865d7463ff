/// Polls within posts.
extension API {
    package enum Polls {
        package static let vote = Endpoint<VoteRequest, VoteReply>(.put, "/polls/vote")
        package static let withdraw = Endpoint<VoteRequest, VoteReply>(.delete, "/polls/vote")
        package static let toggle = Endpoint<TogglePollRequest, PollReply>(
            .put,
            "/polls/toggle_status"
        )
        package static let voters = Endpoint<PollVotersQuery, PollVotersReply>(
            .get,
            "/polls/voters"
        )

        static let signatures = [
            vote.signature, withdraw.signature, toggle.signature, voters.signature,
        ]
    }
}
