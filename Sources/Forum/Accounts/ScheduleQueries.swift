package import Postgres

enum ScheduleQueries {
    static func set(
        _ schedule: NotificationSchedule,
        _ user: Permitted<ChangingProfile, User>
    ) -> SQL {
        """
        INSERT INTO user_notification_schedules (user_id, enabled, starts, ends)
        VALUES (\(user.resource.id), \(schedule.isEnabled), \(schedule.starts)::smallint[],
            \(schedule.ends)::smallint[])
        ON CONFLICT (user_id) DO UPDATE SET enabled = excluded.enabled, starts = excluded.starts,
            ends = excluded.ends
        """
    }

    static func schedule(of user: UserID) -> SQL {
        "SELECT enabled, starts, ends FROM user_notification_schedules WHERE user_id = \(user)"
    }
}

extension NotificationSchedule: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        self.init(isEnabled: try row.next(), starts: try row.next(), ends: try row.next())
    }
}
