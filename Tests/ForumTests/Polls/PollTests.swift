import Forum
import Postgres
import TestSupport
import Testing

struct PollTests {
    private static func text(
        _ attributes: String = "",
        _ options: String = "* one\n* two"
    ) -> String {
        "What do you think of this?\n\n[poll\(attributes)]\n\(options)\n[/poll]"
    }

    private func poll(_ site: TestCommunity, _ post: PostID, _ viewer: Viewer) async throws -> Poll
    {
        let view = try await site.community.post(post, for: viewer)
        return try #require(try await site.community.withPolls(view, for: viewer).polls.first)
    }

    @Test func `people vote once, change their vote, and take it back`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(raw: Self.text(" public=true"), by: anna)
            #expect(topic.cooked.contains("data-poll-name=\"poll\""))
            let made = try await poll(site, topic.id, .anonymous)
            #expect(made.options.map(\.html) == ["one", "two"])
            #expect(made.isOpen && made.voters == 0)
            let digests = made.options.map(\.digest)
            #expect(digests.allSatisfy { topic.cooked.contains("data-poll-option-id=\"\($0)\"") })
            // All at once: one ballot a person.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        _ = try await site.community.vote(
                            topic.id,
                            poll: "poll",
                            choices: [digests[index % 2]],
                            by: ben
                        )
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await poll(site, topic.id, .anonymous).voters == 1)
            let voted = try await site.community.vote(
                topic.id,
                poll: "poll",
                choices: [digests[1]],
                by: ben
            )
            #expect(voted.options.map(\.votes) == [0, 1] && voted.choices == [digests[1]])
            let voters = try await site.community.pollVoters(
                topic.id,
                poll: "poll",
                for: .anonymous
            )
            #expect(voters.map { $0.users.map(\.username) } == [[], ["ben"]])
            for bad in [[], digests, ["unknown"]] {
                let error = try await refusal {
                    _ = try await site.community.vote(
                        topic.id,
                        poll: "poll",
                        choices: bad,
                        by: ben
                    )
                }
                #expect(error?.code == .invalid)
            }
            let left = try await site.community.withdrawVote(topic.id, poll: "poll", by: ben)
            #expect(left.voters == 0 && left.choices.isEmpty)
        }
    }

    @Test func `results are shown when the poll says so, and it closes in time`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let close = (site.community.clock() + 3600).iso8601
            let topic = try await site.topic(
                raw: Self.text(" type=multiple results=on_close min=1 max=2 close=\(close)"),
                by: anna
            )
            let digests = try await poll(site, topic.id, .member(ben)).options.map(\.digest)
            let voted = try await site.community.vote(
                topic.id,
                poll: "poll",
                choices: digests,
                by: ben
            )
            #expect(voted.options.allSatisfy { $0.votes == nil } && voted.voters == 1)
            let byBen = try await refusal {
                _ = try await site.community.setPollOpen(topic.id, poll: "poll", false, by: ben)
            }
            #expect(byBen?.code == .forbidden)
            site.clock.advance(seconds: 4000)
            try await Upkeep(community: site.community).runDue()
            let closed = try await poll(site, topic.id, .anonymous)
            #expect(!closed.isOpen && closed.options.map(\.votes) == [1, 1])
            let late = try await refusal {
                _ = try await site.community.vote(
                    topic.id,
                    poll: "poll",
                    choices: digests,
                    by: ben
                )
            }
            #expect(late?.code == .invalid)
            let open = try await site.community.setPollOpen(topic.id, poll: "poll", true, by: anna)
            #expect(open.isOpen && open.closeAt == nil || open.isOpen)
        }
    }

    @Test func `what is no poll is refused, and votes protect a poll from being changed`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            for bad in [
                Self.text("", "no option here"), Self.text("", "* same\n* same"),
                Self.text(" type=other"), Self.text(" results=never"),
                Self.text(" type=number max=100"), Self.text() + "\n\n" + Self.text(),
                Self.text(" close=tomorrow"),
            ] {
                let error = try await refusal { try await site.topic(raw: bad, by: anna) }
                #expect(error?.code == .invalid, "\(bad)")
            }
            let topic = try await site.topic(raw: Self.text(" type=number min=1 max=5"), by: anna)
            let numbers = try await poll(site, topic.id, .anonymous)
            #expect(numbers.options.map(\.html) == ["1", "2", "3", "4", "5"])
            _ = try await site.community.vote(
                topic.id,
                poll: "poll",
                choices: [numbers.options[4].digest],
                by: ben
            )
            // Within five minutes the poll may become another one; the ballots are void.
            let edited = try await site.community.editPost(topic.id, raw: Self.text(), by: anna)
            #expect(edited.hasPolls)
            let now = try await poll(site, topic.id, .anonymous)
            #expect(now.options.map(\.html) == ["one", "two"] && now.voters == 0)
            _ = try await site.community.vote(
                topic.id,
                poll: "poll",
                choices: [now.options[0].digest],
                by: ben
            )
            site.clock.advance(seconds: 400)
            let late = try await refusal {
                _ = try await site.community.editPost(
                    topic.id,
                    raw: Self.text("", "* one\n* three"),
                    by: anna
                )
            }
            #expect(late?.code == .invalid)
            let kept = try await site.community.editPost(
                topic.id,
                raw: "More words before it. " + Self.text(),
                by: anna
            )
            #expect(kept.hasPolls)
            #expect(try await poll(site, topic.id, .anonymous).voters == 1)
            let quoted = try await site.topic(
                "A topic that quotes a poll",
                raw: "[quote]\n\(Self.text())\n[/quote]\n\nSee above, a quoted poll.",
                by: anna
            )
            #expect(try await !site.community.post(quoted.id, for: .anonymous).hasPolls)
        }
    }
}
