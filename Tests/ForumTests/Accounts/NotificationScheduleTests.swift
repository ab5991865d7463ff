import Forum
import Postgres
import TestSupport
import Testing

struct NotificationScheduleTests {
    /// Monday, 2 March 2026, 00:00 UTC, and minutes after it.
    private func monday(_ minutes: Int) -> Timestamp {
        Timestamp(secondsSince1970: 1_772_409_600 + Double(minutes) * 60)
    }

    @Test(
        arguments: [
            (0, 480), (479, 480), (480, nil), (1019, nil), (1020, 1440 + 480),
            // Saturday evening: Sunday is free of notices.
            (5 * 1440 + 1100, 7 * 1440 + 480), (6 * 1440 + 600, 7 * 1440 + 480),
        ] as [(Int, Int?)]
    )
    func `rest lasts until the next hours`(now: Int, end: Int?) {
        var schedule = NotificationSchedule.usual
        schedule.isEnabled = true
        schedule.starts[6] = -1
        #expect(schedule.restEnds(after: monday(now), timeZone: nil) == end.map { monday($0) })
        schedule.isEnabled = false
        #expect(schedule.restEnds(after: monday(now), timeZone: nil) == nil)
    }

    @Test func `hours are those of the person`() {
        var schedule = NotificationSchedule.usual
        schedule.isEnabled = true
        // Berlin is an hour ahead in March.
        #expect(
            schedule.restEnds(after: monday(0), timeZone: "Europe/Berlin") == monday(420)
        )
    }
}
