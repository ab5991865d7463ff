@testable import TerminalUI

/// The screens that come up now and then: failures, choosers, questions, other scripts. With those of
/// ``ViewTests`` they are all there are.
enum RarerScreens {
    static func models() -> [(name: String, model: Player)] {
        lists() + topics() + choosers() + questions()
            + [("tongues", tongues()), ("tongues-topic", tonguesTopic())]
    }

    // MARK: Lists

    private static func lists() -> [(name: String, model: Player)] {
        let found = Sample.list()
        found.press("/release<enter>")
        var hit = Sample.rows[0]
        hit.blurb = "The release notes say what is new."
        hit.hitNumber = 12
        let page = TopicPage(rows: [hit, Sample.rows[4]], hasMore: true)
        _ = found.update(.topicsLoaded(.search("release"), page: 0, page))
        let failed = Sample.list(topics: [])
        failed.press("gt")
        let reason = Failure(.rateLimited(seconds: 7), "The site asks to wait 7 s.")
        _ = failed.update(.failed(.loadTopics(.top, page: 0), reason))
        let filtered = Sample.list()
        filtered.press("\\release<enter>")
        let staff = Sample.list()
        staff.model.site.isStaff = true
        staff.model.site.waitingForReview = 2
        staff.model.site.unreadNotifications = 120
        _ = staff.update(.queueCounted(1))
        _ = staff.update(.connected(false))
        return [
            ("search", found), ("list-failed", failed), ("list-filtered", filtered),
            ("list-staff-offline", staff),
        ]
    }

    // MARK: Topics

    private static func topics() -> [(name: String, model: Player)] {
        let loading = Sample.list()
        loading.press("<enter>")
        let failed = loading.copy()
        _ = failed.update(.failed(.loadTopic(id: 1, near: nil), Failure(.network, "No answer.")))
        var detail = Sample.detail(count: 12, loaded: 1..<6)
        detail.posts[1].replyToNumber = 1
        detail.posts[2].replyToNumber = 2
        detail.isClosed = true
        detail.posts[4].isHidden = true
        let folded = Sample.topic(detail)
        folded.press("-jjj")
        return [("topic-loading", loading), ("topic-failed", failed), ("topic-folded", folded)]
    }

    // MARK: What is chosen from

    private static func choosers() -> [(name: String, model: Player)] {
        let tags = chooser(
            "gT",
            .tags,
            [Choice("#beta", detail: "3 topics", .openList(.tag("beta")))]
        )
        let reply = Choice(
            "Reply to Release notes for 2.0",
            detail: "Hello all, …",
            .openDraft(.reply(topic: 1), title: "Release notes for 2.0")
        )
        let drafts = chooser("gd", .drafts, [reply])
        let other = Choice("other.example", .openSite("https://other.example"))
        let here = Choice("forum.example", isCurrent: true, .openSite("https://forum.example"))
        let sites = chooser("gS", .sites, [here, other])
        var detail = Sample.detail(count: 5)
        detail.permissions = TopicPermissions()
        detail.permissions.canClose = true
        detail.permissions.canArchive = true
        detail.permissions.canPin = true
        detail.permissions.canHide = true
        detail.permissions.canMove = true
        detail.permissions.canEdit = true
        detail.permissions.canDelete = true
        let moderate = Sample.topic(detail)
        moderate.press("A")
        let decide = ReviewTests.shown()
        decide.press("<enter>")
        return [
            ("tags", tags), ("drafts", drafts), ("sites", sites), ("moderate", moderate),
            ("decide", decide),
        ]
    }

    private static func chooser(_ keys: String, _ source: ChoiceSource, _ rows: [Choice]) -> Player
    {
        let model = Sample.list()
        model.press(keys)
        _ = model.update(.choicesLoaded(source, rows))
        return model
    }

    // MARK: Questions

    private static func questions() -> [(name: String, model: Player)] {
        let command = Sample.topic()
        command.press(":b")
        var detail = Sample.detail(count: 3)
        detail.posts[0].canDelete = true
        let deletion = Sample.topic(detail)
        deletion.press("dye")
        let code = Sample.list(username: nil)
        code.press(":login<enter>ana<enter>secret<enter>")
        _ = code.update(.codeNeeded)
        let paste = Sample.list(username: nil)
        paste.press(":login<enter><^b>")
        let page = "https://forum.example/user-api-key/new?application_name=parley"
        _ = paste.update(.approvalNeeded(.paste(page: page)))
        return [
            ("command", command), ("deletion", deletion), ("login-code", code),
            ("login-paste", paste),
        ]
    }

    // MARK: Scripts of the world

    /// Long German, Japanese, Arabic, Hindi, and emoji that terminals disagree about.
    private static let titles = [
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen und andere lange Wörter im Titel",
        "新しいリリースについてのお知らせと今後の予定について（とても長い題名）",
        "مرحبا بالعالم: كيف أبدأ؟", "हिन्दी में एक विषय", "한국어 제목입니다",
        "Family 👩\u{200D}👩\u{200D}👧, thumb 👍🏽, flag 🇫🇷, heart ❤\u{FE0F}, key 1\u{FE0F}\u{20E3}",
        "Zalgo e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306} and hidden \u{202E}sdrawkcab\u{202C} words",
    ]

    private static func tongues() -> Player {
        Sample.list(
            topics: titles.enumerated().map { Sample.row($0.offset + 1, $0.element, unread: 1) }
        )
    }

    private static func tonguesTopic() -> Player {
        var detail = Sample.detail(count: titles.count)
        for (index, title) in titles.enumerated() {
            detail.posts[index].cooked = "<p>\(title) \(title)</p>"
        }
        detail.title = titles[1]
        return Sample.topic(detail)
    }
}
