import Forum
import ForumAPI
import Postgres

/// When somebody is reminded of what they marked, and what becomes of the mark then.
enum BookmarkForm {
    /// Hours from now.
    private static let reminders = [
        (2, "In two hours"), (24, "In a day"), (72, "In three days"), (168, "In a week"),
        (720, "In a month"),
    ]

    private static let kept = "kept"

    private static func label(_ preference: BookmarkAutoDelete) -> String {
        switch preference {
        case .never: "Keep it, with its time"
        case .whenReminderSent: "Remove it"
        case .onOwnerReply: "Remove it when I reply"
        case .clearReminder: "Keep it"
        }
    }

    static func fields(_ bookmark: PostBookmark) -> Fields {
        var reminders: [Fields] = []
        if let time = bookmark.reminderAt {
            let text = time.iso8601.prefix(16).replacing("T", with: " ")
            reminders.append(["value": kept, "label": "\(text) UTC", "isChosen": true])
        }
        reminders.append(["value": "", "label": "None", "isChosen": bookmark.reminderAt == nil])
        reminders += Self.reminders.map { hours, label -> Fields in
            ["value": hours, "label": label, "isChosen": false]
        }
        return [
            "reminders": reminders,
            "preferences": BookmarkAutoDelete.allCases.map { preference -> Fields in
                [
                    "value": preference.rawValue, "label": label(preference),
                    "isChosen": preference == bookmark.autoDelete,
                ]
            },
        ]
    }

    /// What was chosen for a bookmark that is `present` now.
    static func changes(
        _ call: Call<WireValue>,
        to present: PostBookmark,
        now: Timestamp
    ) throws -> BookmarkFields {
        var fields = BookmarkFields(name: present.name, autoDelete: present.autoDelete)
        if let number = try call.int("auto_delete_preference") {
            fields.autoDelete = BookmarkAutoDelete(rawValue: number)
        }
        let word = try call.text("reminder") ?? ""
        if word == kept {
            fields.reminderAt = present.reminderAt
        } else if !word.isEmpty {
            guard let hours = Int(word), reminders.contains(where: { $0.0 == hours }) else {
                throw ForumError(.malformed, "reminder is not known.", field: "reminder")
            }
            fields.reminderAt = now + Double(hours) * 3600
        }
        return fields
    }
}
