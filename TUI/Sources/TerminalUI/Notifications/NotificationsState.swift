/// The member's notifications, the newest first.
struct NotificationsState: Sendable {
    var rows: [NotificationRow] = []
    var selected = 0
    /// The row at the top of the screen.
    var top = 0
    var isLoading = true
    var failure: Failure?

    var selectedRow: NotificationRow? {
        rows.indices.contains(selected) ? rows[selected] : nil
    }

    var unreadCount: Int { rows.count { !$0.isRead } }

    /// Takes the answer in; the selected one stays selected.
    mutating func take(_ new: [NotificationRow]) {
        let selectedID = selectedRow?.id
        rows = Array(new.prefix(Limits.notificationRows))
        isLoading = false
        failure = nil
        if let selectedID, let index = rows.firstIndex(where: { $0.id == selectedID }) {
            selected = index
        }
        selected = max(0, min(selected, rows.count - 1))
    }

    mutating func move(to index: Int, height: Int) {
        selected = max(0, min(rows.count - 1, index))
        reveal(height: height)
    }

    mutating func reveal(height: Int) {
        let height = max(1, height)
        top = max(selected - height + 1, min(top, selected))
        top = max(0, min(top, max(0, rows.count - height)))
    }

    /// What the status line says.
    var information: String {
        if rows.isEmpty { return "" }
        let count = rows.count == 1 ? "1 notification" : "\(rows.count) notifications"
        let unread = unreadCount
        return unread == 0 ? "\(count) \u{B7} all read" : "\(count) \u{B7} \(unread) unread"
    }
}
