import Testing

@testable import TerminalUI

@Suite struct ReviewTests {
    static let items: [ReviewItem] = {
        var flagged = ReviewItem(
            id: 5,
            version: 2,
            kind: .flaggedPost,
            author: "mallory",
            createdAt: noon - 3600
        )
        flagged.title = "Cheap watches"
        flagged.text = "Buy our watches today.\n\nOnly here."
        flagged.reasons = ["Spam (ana)", "Off-topic (ken)"]
        flagged.topic = 9
        flagged.postNumber = 4
        flagged.actions = [
            ReviewAction(id: "agree_and_hide", label: "Agree and hide"),
            ReviewAction(id: "disagree", label: "Disagree"),
        ]
        var account = ReviewItem(
            id: 6,
            version: 0,
            kind: .account,
            author: "newcomer",
            createdAt: noon - 7200
        )
        account.actions = [
            ReviewAction(id: "approve_user", label: "Approve"),
            ReviewAction(id: "reject_user_delete", label: "Delete", warning: "Are you sure?"),
        ]
        return [flagged, account]
    }()

    static func shown() -> Player {
        let model = Sample.list()
        model.model.site.isStaff = true
        #expect(model.press("gr") == [.follow(topic: nil), .loadReview])
        _ = model.update(.reviewLoaded(items))
        return model
    }

    @Test func `the queue shows why and what, and a decision goes out`() {
        let model = ReviewTests.shown()
        #expect(model.picture.contains("Spam (ana)"))
        #expect(model.picture.contains("Buy our watches today."))
        model.press("<enter>")
        #expect(model.context == .chooser)
        let decision = ReviewDecision(item: 5, version: 2, action: "agree_and_hide")
        #expect(model.press("1") == [.review(decision)])
        #expect(model.update(.reviewed(decision)) == [.loadReview])
        #expect(!model.picture.contains("mallory"))
    }

    @Test func `somebody who is turned away is told why`() {
        let model = ReviewTests.shown()
        #expect(model.press("j<enter>2").isEmpty)
        #expect(model.picture.contains("Reason:"))
        #expect(
            model.press("no robots<enter>") == [
                .review(
                    ReviewDecision(
                        item: 6,
                        version: 0,
                        action: "reject_user_delete",
                        reason: "no robots"
                    )
                )
            ]
        )
    }

    @Test func `the post itself can be seen in its topic`() {
        let model = ReviewTests.shown()
        #expect(model.press("#").first == .loadTopic(id: 9, near: 4))
    }

    @Test func `whoever is not staff has no queue`() {
        let model = Sample.list()
        #expect(model.press("gr").isEmpty)
        #expect(model.context == .topicList)
    }
}
