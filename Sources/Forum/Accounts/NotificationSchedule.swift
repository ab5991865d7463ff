import Foundation
package import Postgres

/// The hours of each day in which somebody wants to hear of things; outside of them they rest.
package struct NotificationSchedule: Sendable, Equatable {
    package var isEnabled: Bool
    /// Minutes of the day, Monday first; -1 rests all day.
    package var starts: [Int]
    package var ends: [Int]

    /// Discourse's hours of somebody who chose none: from 8 to 17.
    package static let usual = NotificationSchedule(
        isEnabled: false,
        starts: Array(repeating: 480, count: 7),
        ends: Array(repeating: 1020, count: 7)
    )

    package init(isEnabled: Bool, starts: [Int], ends: [Int]) {
        self.isEnabled = isEnabled
        self.starts = starts
        self.ends = ends
    }

    init?(_ row: MailPreferenceRow) {
        guard let isEnabled = row.isScheduled, let starts = row.starts, let ends = row.ends else {
            return nil
        }
        self.init(isEnabled: isEnabled, starts: starts, ends: ends)
    }

    /// - Throws: `.invalid` for times that are none.
    func check() throws(ForumError) {
        let isWeek = starts.count == 7 && ends.count == 7
        let days = zip(starts, ends)
        guard isWeek, days.allSatisfy({ $0 == -1 || ((0..<1440).contains($0) && $1 > $0) }),
            ends.allSatisfy({ $0 == -1 || (0...1440).contains($0) })
        else {
            throw ForumError(
                .invalid,
                "user_notification_schedule must have a start and a later end, in minutes, for each "
                    + "day; a start of -1 is a day without notifications.",
                field: "user_notification_schedule"
            )
        }
    }

    /// When the rest ends in which `time` lies; `nil` when it lies in none. Somebody who wants to hear
    /// of nothing all week is asked again after it.
    package func restEnds(after time: Timestamp, timeZone: String?) -> Timestamp? {
        guard isEnabled, starts.count == 7, ends.count == 7 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone.flatMap(TimeZone.init(identifier:)) ?? .gmt
        let date = Date(timeIntervalSince1970: time.secondsSince1970)
        let midnight = calendar.startOfDay(for: date)
        for offset in 0...7 {
            guard let day = calendar.date(byAdding: .day, value: offset, to: midnight) else {
                return nil
            }
            // Foundation's week begins on Sunday, with 1.
            let index = (calendar.component(.weekday, from: day) + 5) % 7
            guard starts[index] >= 0 else { continue }
            let start = day.addingTimeInterval(Double(starts[index]) * 60)
            let end = day.addingTimeInterval(Double(ends[index]) * 60)
            if date >= end { continue }
            return date >= start ? nil : Timestamp(secondsSince1970: start.timeIntervalSince1970)
        }
        return time + 7 * 86_400
    }
}
