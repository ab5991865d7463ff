extension Model {
    /// Opens the notifications over the first screen.
    mutating func showNotifications() -> [Effect] {
        guard site.username != nil else {
            say("Log in to see your notifications: type :login", isFailure: true)
            return []
        }
        screens = [screens[0], .notifications(NotificationsState())]
        return [.follow(topic: nil), .loadNotifications]
    }

    mutating func performOnNotifications(_ action: Action) -> [Effect] {
        guard case .notifications(var state) = screens[screens.count - 1] else { return [] }
        let height = contentRows
        switch action {
        case .open: return openNotification(state)
        case .markRead: return markNotificationsRead()
        case .back: return goBack()
        default:
            let last = state.rows.count - 1
            guard let target = action.moved(from: state.selected, last: last, height: height)
            else { return [] }
            state.move(to: target, height: height)
        }
        screens[screens.count - 1] = .notifications(state)
        return []
    }

    /// Goes to the post that a notification speaks of, and remembers that it was seen.
    private mutating func openNotification(_ state: NotificationsState) -> [Effect] {
        guard let row = state.selectedRow else { return [] }
        var effects: [Effect] = []
        if !row.isRead {
            setNotificationsRead(only: row.id)
            effects.append(.markNotificationsRead(id: row.id))
        }
        guard let topic = row.topic else {
            say("There is nothing to open for this one.")
            return effects
        }
        return effects + openTopic(id: topic, title: row.title ?? "", near: row.postNumber)
    }

    private mutating func markNotificationsRead() -> [Effect] {
        guard case .notifications(let state) = screens[screens.count - 1], state.unreadCount > 0
        else {
            say("All of them are read.")
            return []
        }
        setNotificationsRead(only: nil)
        return [.markNotificationsRead(id: nil)]
    }

    private mutating func setNotificationsRead(only id: Int?) {
        changeNotifications { state in
            for index in state.rows.indices where id == nil || state.rows[index].id == id {
                if !state.rows[index].isRead {
                    state.rows[index].isRead = true
                }
            }
        }
        site.unreadNotifications = id == nil ? 0 : max(0, site.unreadNotifications - 1)
    }

    mutating func changeNotifications(_ change: (inout NotificationsState) -> Void) {
        for index in screens.indices {
            guard case .notifications(var state) = screens[index] else { continue }
            change(&state)
            screens[index] = .notifications(state)
        }
    }

    mutating func take(_ notifications: [NotificationRow]) {
        let height = contentRows
        changeNotifications { state in
            state.take(notifications)
            state.reveal(height: height)
        }
        if notifications.count < Limits.notificationRows {
            site.unreadNotifications = notifications.count { !$0.isRead }
        }
    }
}
