import Forum
import ForumAPI
import Postgres

/// Voting, and who voted.
struct PollRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Polls.vote, .member) { call in
            guard let options = call.body.options, !options.isEmpty else {
                throw WireError.missing(parameter: "options")
            }
            guard options.count <= 100 else {
                throw WireError.invalid(parameter: "options", reason: "has too many values")
            }
            let poll = try await community.vote(
                PostID(Int64(call.body.postID)),
                poll: call.body.pollName ?? "poll",
                choices: options,
                by: call.principal
            )
            return VoteReply(poll: PollPresenter.body(poll), vote: poll.choices)
        }
        routes.serve(API.Polls.withdraw, .member) { call in
            let poll = try await community.withdrawVote(
                PostID(Int64(call.body.postID)),
                poll: call.body.pollName ?? "poll",
                by: call.principal
            )
            return VoteReply(poll: PollPresenter.body(poll))
        }
        routes.serve(API.Polls.toggle, .member) { call in
            guard ["open", "closed"].contains(call.body.status) else {
                throw ForumError(.malformed, "status must be open or closed.", field: "status")
            }
            let poll = try await community.setPollOpen(
                PostID(Int64(call.body.postID)),
                poll: call.body.pollName ?? "poll",
                call.body.status == "open",
                by: call.principal
            )
            return PollReply(poll: PollPresenter.body(poll))
        }
        routes.serve(API.Polls.voters, .everybody) { call in
            let voters = try await community.pollVoters(
                PostID(Int64(call.body.postID)),
                poll: call.body.pollName ?? "poll",
                option: call.body.optionID,
                page: call.body.page ?? 1,
                limit: call.body.limit ?? Forum.Limits.pollVotersPerPage,
                for: call.viewer
            )
            return PollVotersReply(
                voters: Dictionary(
                    voters.map { ($0.option, $0.users.map { UserPresenter.basic($0) }) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
    }
}

enum PollPresenter {
    static func body(_ poll: Poll) -> PollBody {
        PollBody(
            id: Int(poll.id.value),
            name: poll.name,
            title: poll.title,
            type: poll.kind.rawValue,
            status: poll.isOpen ? "open" : "closed",
            isPublic: poll.isPublic,
            results: poll.results.rawValue,
            min: poll.minimum,
            max: poll.maximum,
            step: poll.step,
            options: poll.options.map {
                PollOptionBody(id: $0.digest, html: $0.html, votes: $0.votes)
            },
            voters: poll.voters,
            close: poll.closeAt?.iso8601,
            chartType: poll.chartType,
            groups: poll.groupNames.isEmpty ? nil : poll.groupNames.joined(separator: ",")
        )
    }
}
