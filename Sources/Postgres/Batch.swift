/// Statements for one round trip, each with what its rows mean: its answer is asked for by name, not by
/// its place.
package struct Batch: Sendable {
    /// The answer of one statement, before there is any.
    package struct Answer<Row: RowDecodable>: Sendable {
        fileprivate let place: Int
    }

    /// The first column of the answer of one statement, before there is any.
    package struct Column<Value: SQLDecodable>: Sendable {
        fileprivate let place: Int
    }

    /// What the statements answered.
    package struct Answers: Sendable {
        fileprivate let rows: [Rows]

        package func all<Row>(_ answer: Answer<Row>) throws(PostgresError) -> [Row] {
            try rows[answer.place].decode()
        }

        package func all<Value>(_ column: Column<Value>) throws(PostgresError) -> [Value] {
            try rows[column.place].values()
        }

        /// `nil` when there is no row.
        package func first<Row>(_ answer: Answer<Row>) throws(PostgresError) -> Row? {
            try rows[answer.place].first()
        }
    }

    fileprivate var statements: [SQL] = []

    package init() {}

    package mutating func add<Row: RowDecodable>(_ statement: SQL, as type: Row.Type) -> Answer<Row>
    {
        statements.append(statement)
        return Answer(place: statements.count - 1)
    }

    package mutating func add<Value: SQLDecodable>(
        _ statement: SQL,
        valuesOf type: Value.Type
    ) -> Column<Value> {
        statements.append(statement)
        return Column(place: statements.count - 1)
    }
}

extension Pool {
    /// Runs the statements as `batch(_:)` does.
    package func answers(to batch: Batch) async throws(PostgresError) -> Batch.Answers {
        Batch.Answers(rows: try await self.batch(batch.statements))
    }
}
