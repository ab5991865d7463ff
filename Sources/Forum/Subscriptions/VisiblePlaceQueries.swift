import Postgres

/// What has topics in it and is followed with a level and a delivery: where it is kept who does.
protocol VisiblePlace: Sendable {
    static var table: SQL { get }
    /// The column of the place's number.
    static var column: SQL { get }
    var number: Int64 { get }
    /// Holds for topics `t` of the place.
    var holdsTopic: SQL { get }
}

extension VisibleCategory: VisiblePlace {
    static let table: SQL = "category_users"
    static let column: SQL = "category_id"
    var number: Int64 { id.value }
    var holdsTopic: SQL { "t.category_id = \(id)" }
}

extension VisibleTag: VisiblePlace {
    static let table: SQL = "tag_users"
    static let column: SQL = "tag_id"
    var number: Int64 { id.value }
    var holdsTopic: SQL {
        "t.id IN (SELECT tt.topic_id FROM topic_tags tt WHERE tt.tag_id = \(id))"
    }
}
