import Postgres

/// What others are to hear of groups.
enum GroupEvents {
    static func record(_ event: Event, _ group: GroupID, by principal: Principal) -> SQL {
        OutboxQueries.record(
            event,
            topic: nil,
            by: principal.id,
            data: #"{"group_id":\#(group)}"#
        )
    }
}
