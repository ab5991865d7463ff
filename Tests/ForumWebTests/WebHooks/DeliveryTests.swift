import Egress
import Forum
import ForumAPI
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

/// When a delivery is tried again, given up, and sent once more.
@Suite struct DeliveryTests {
    private func hook(_ site: TestCommunity, by boss: Principal) async throws -> WebHookID {
        var fields = WebHookFields()
        fields.payloadURL = "https://receiver.example/"
        fields.eventTypes = [WebHookEventType.topicCreated.rawValue]
        fields.secret = "a secret of some length"
        fields.isActive = true
        return try await site.community.createWebHook(fields, by: boss).id
    }

    private func topics(_ count: Int, _ site: TestCommunity, by author: Principal) async throws {
        for number in 1...count {
            let new = NewTopic(
                title: "A topic of number \(number) here",
                raw: "The first post, long enough."
            )
            _ = try await site.community.createTopic(new, by: author)
        }
        try await Dispatcher(community: site.community).dispatchAll()
        for request in try await site.community.claimUnwrittenRequests() {
            try await site.community.writeRequest(request.id, payload: "{}")
        }
    }

    /// Makes what waits for its next try due.
    private func hurry(_ site: TestCommunity) async throws {
        try await site.database.pool.execute(
            "UPDATE outgoing_requests SET next_attempt_at = now() WHERE state = 'queued'"
        )
    }

    private func outcome(_ status: Int) -> RequestOutcome {
        RequestOutcome(
            requestHeaders: "{}",
            status: status,
            responseHeaders: "{}",
            milliseconds: 1
        )
    }

    @Test func `what is behind waits for what is before it`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            let hook = try await hook(site, by: boss)
            try await topics(3, site, by: boss)
            let first = try #require(try await site.community.claimRequest())
            // Under way: nothing else of this webhook is begun.
            #expect(try await site.community.claimRequest() == nil)
            try await site.community.note(outcome(-1), of: first)
            #expect(try await site.community.claimRequest() == nil)
            try await hurry(site)
            let again = try #require(try await site.community.claimRequest())
            #expect(again.id == first.id && again.attempts == 1)
            try await site.community.note(outcome(200), of: again)
            let second = try #require(try await site.community.claimRequest())
            #expect(second.id > first.id)
            #expect(try site.community.signature(of: second)?.count == 64)
            #expect(try await site.community.webHook(hook, by: boss).status == .successful)
        }
    }

    @Test(arguments: [
        // Somebody is there and does not want it: the next one may be wanted.
        (422, 5, WebHook.Status.failed, true),
        // Nobody is there.
        (410, 5, .disabled, false),
        (404, 5, .disabled, false),
    ])
    func `what is refused is given up soon`(
        status: Int,
        tries: Int,
        expected: WebHook.Status,
        isActive: Bool
    ) async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            let id = try await hook(site, by: boss)
            try await topics(2, site, by: boss)
            let first = try #require(try await site.community.claimRequest())
            try await site.community.note(outcome(status), of: first)
            for _ in 1..<tries {
                try await hurry(site)
                let again = try #require(try await site.community.claimRequest())
                #expect(again.id == first.id)
                try await site.community.note(outcome(status), of: again)
            }
            let hook = try await site.community.webHook(id, by: boss)
            #expect(hook.status == expected)
            #expect(hook.isActive == isActive)
            let next = try await site.community.claimRequest()
            #expect((next != nil) == isActive)
            let log = try await site.community.staffActions(
                StaffLogFilter(action: "web_hook_deactivate"),
                for: boss
            )
            #expect(log.isEmpty == isActive)
            guard !isActive else { return }
            // What waits is kept for the day somebody turns it on again.
            var fields = WebHookFields()
            fields.isActive = true
            _ = try await site.community.updateWebHook(id, fields, by: boss)
            #expect(try await site.community.claimRequest() != nil)
        }
    }

    @Test func `a receiver that is down is asked for more than a day`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            let id = try await hook(site, by: boss)
            try await topics(3, site, by: boss)
            var waited = 0.0
            for lost in 1...2 {
                let first = try #require(try await site.community.claimRequest())
                try await site.community.note(outcome(503), of: first)
                while let due = try await site.community.secondsToNextRequest(), due > 0.5 {
                    waited += due
                    try await hurry(site)
                    let again = try #require(try await site.community.claimRequest())
                    guard again.id == first.id else { break }
                    try await site.community.note(outcome(503), of: again)
                }
                #expect(waited > 86_400 * Double(lost))
                #expect(waited < 2 * 86_400 * Double(lost))
            }
            let hook = try await site.community.webHook(id, by: boss)
            #expect(!hook.isActive && hook.status == .disabled)
            let failed = try await site.community.deliveries(of: id, .failed, by: boss)
            #expect(failed.total == 2)
            let again = try await site.community.redeliver(
                failed.deliveries.map(\.id),
                of: id,
                onlyFailed: true,
                by: boss
            )
            #expect(again.count == 2)
            // Asked for by a person: also while the webhook is off.
            #expect(try await site.community.claimRequest()?.id == again.first)
        }
    }

    @Test func `a lease that ran out gives a delivery back`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            _ = try await hook(site, by: boss)
            try await topics(1, site, by: boss)
            let first = try #require(try await site.community.claimRequest())
            try await site.database.pool.execute(
                "UPDATE outgoing_requests SET leased_until = now() - interval '1 second'"
            )
            #expect(try await site.community.claimRequest()?.id == first.id)
        }
    }

    @Test func `a topic that has become a message is not sent any more`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            _ = try await hook(site, by: boss)
            try await topics(1, site, by: boss)
            try await site.database.pool.execute(
                "UPDATE topics SET archetype = 'private_message', category_id = NULL"
            )
            #expect(try await site.community.claimRequest()?.isPrivate == true)
        }
    }
}
