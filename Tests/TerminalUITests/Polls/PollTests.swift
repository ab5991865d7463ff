import Testing

@testable import TerminalUI

@Suite struct PollTests {
    static func poll(isMultiple: Bool = false) -> Poll {
        var poll = Poll(
            name: "poll",
            isOpen: true,
            isMultiple: isMultiple,
            voters: 4,
            options: [
                Poll.Option(id: "a", text: "Tea", votes: 3),
                Poll.Option(id: "b", text: "Coffee", votes: 1),
            ]
        )
        poll.title = "What to drink?"
        poll.chosen = ["b"]
        return poll
    }

    private static func topic(_ poll: Poll) -> Player {
        var detail = Sample.detail(count: 2)
        detail.posts[0].cooked =
            "<p>Please vote.</p><div class=\"poll\"><ul><li>Tea</li><li>Coffee</li></ul></div>"
        detail.posts[0].polls = [poll]
        return Sample.topic(detail)
    }

    @Test func `a poll shows its votes once and what was chosen`() {
        let picture = PollTests.topic(PollTests.poll()).picture
        #expect(picture.contains("What to drink?"))
        #expect(picture.contains("( ) Tea  ███████░░░ 75% (3)"))
        #expect(picture.contains("(x) Coffee"))
        #expect(!picture.contains("• Tea"))
    }

    @Test func `a vote goes out and can be taken back`() {
        let model = PollTests.topic(PollTests.poll())
        model.press("v")
        #expect(
            model.press("1")
                == [.vote(Ballot(topic: 1, post: 1001, poll: "poll", options: ["a"]))]
        )
        model.press("v")
        #expect(
            model.press("3") == [.vote(Ballot(topic: 1, post: 1001, poll: "poll", options: []))]
        )
    }

    @Test func `several options add up`() {
        let model = PollTests.topic(PollTests.poll(isMultiple: true))
        model.press("v")
        #expect(
            model.press("1")
                == [.vote(Ballot(topic: 1, post: 1001, poll: "poll", options: ["a", "b"]))]
        )
    }

    @Test func `a closed poll takes no votes`() {
        var poll = PollTests.poll()
        poll.isOpen = false
        let model = PollTests.topic(poll)
        #expect(model.press("v").isEmpty)
        #expect(model.notice?.text == "The poll is closed.")
    }
}
