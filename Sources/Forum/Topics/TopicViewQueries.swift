import Postgres

enum TopicViewQueries {
    /// Rows that somebody else holds are waited for in one order, so two nodes never block each other.
    static func add(_ counts: [TopicID: Int]) -> SQL {
        let ordered = counts.sorted { $0.key < $1.key }
        let ids = ordered.map(\.key.value)
        let numbers = ordered.map(\.value)
        return """
            WITH counted AS (
                SELECT t.id, c.views FROM topics t
                JOIN unnest(\(ids)::bigint[], \(numbers)::int[]) AS c (id, views) ON c.id = t.id
                ORDER BY t.id FOR NO KEY UPDATE OF t
            )
            UPDATE topics SET views = topics.views + counted.views
            FROM counted WHERE topics.id = counted.id
            """
    }
}
