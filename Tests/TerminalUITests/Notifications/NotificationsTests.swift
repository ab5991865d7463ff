import Testing

@testable import TerminalUI

@Suite struct NotificationsTests {
    static func row(
        _ id: Int,
        _ type: String,
        isRead: Bool = false,
        topic: Int? = 7
    ) -> NotificationRow {
        var row = NotificationRow(
            id: id,
            type: type,
            isRead: isRead,
            createdAt: noon - Int64(id) * 600
        )
        row.username = "ken"
        row.title = "Release notes for 2.0"
        row.topic = topic
        row.postNumber = 4
        return row
    }

    /// The notifications of a member on the screen.
    static func shown(_ rows: [NotificationRow]? = nil) -> Player {
        let model = Sample.list()
        model.press("gi")
        let all = [row(3, "replied"), row(2, "liked", isRead: true), row(1, "granted_badge")]
        _ = model.update(.notificationsLoaded(rows ?? all))
        return model
    }

    @Test func `they are asked for and told in words`() {
        let model = Sample.list()
        #expect(model.press("gi") == [.follow(topic: nil), .loadNotifications])
        #expect(model.context == .notifications)
        _ = model.update(.notificationsLoaded([NotificationsTests.row(1, "replied")]))
        #expect(model.picture.contains("ken replied to you in Release notes for 2.0"))
        #expect(model.picture.contains("1 unread"))
        #expect(model.picture.contains("1 for you"))
    }

    @Test func `a guest is asked to log in`() {
        let model = Sample.list(username: nil)
        #expect(model.press("gi").isEmpty)
        #expect(model.picture.contains(":login"))
    }

    @Test func `opening one goes to its post and marks it read`() {
        let model = NotificationsTests.shown()
        #expect(
            model.press("<enter>")
                == [
                    .markNotificationsRead(id: 3), .loadTopic(id: 7, near: 4), .follow(topic: 7),
                ]
        )
        model.press("q")
        #expect(model.context == .notifications)
        // Read now: the second time nothing is marked.
        #expect(model.press("<enter>") == [.loadTopic(id: 7, near: 4), .follow(topic: 7)])
    }

    @Test func `one that leads nowhere says so`() {
        let model = NotificationsTests.shown([
            NotificationsTests.row(1, "granted_badge", isRead: true, topic: nil)
        ])
        #expect(model.press("<enter>").isEmpty)
        #expect(model.picture.contains("nothing to open"))
    }

    @Test func `all are marked read at once, and only once`() {
        let model = NotificationsTests.shown()
        #expect(model.press("xr") == [.markNotificationsRead(id: nil)])
        #expect(model.picture.contains("all read"))
        #expect(model.press("xr").isEmpty)
    }

    @Test func `a failure is shown and can be tried again`() {
        let model = Sample.list()
        model.press("gi")
        _ = model.update(.failed(.loadNotifications, Failure(.network, "No answer.")))
        #expect(model.picture.contains("No answer."))
        #expect(model.press(".") == [.loadNotifications])
    }

    @Test func `an unknown kind is told by its name`() {
        #expect(NotificationsTests.row(1, "type_999").happening == "type 999")
    }
}
