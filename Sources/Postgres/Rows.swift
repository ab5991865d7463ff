import CPostgres

/// The answer to one statement: its rows, kept in the memory libpq read them into.
package final class Rows: Sendable, RandomAccessCollection {
    // libpq: a PGresult is never written to after it was handed out, so any thread may read it.
    private nonisolated(unsafe) let result: OpaquePointer
    package let count: Int
    /// Columns of each row.
    package let columnCount: Int

    init(adopting result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
    }

    deinit {
        PQclear(result)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "row out of bounds")
        return Row(rows: self, index: position)
    }

    package var columnNames: [String] {
        (0..<columnCount).map(columnName)
    }

    /// Rows that the statement changed, or returned for a SELECT; 0 for other commands.
    package var affected: Int {
        var number = 0
        var character = PQcmdTuples(result)
        while let digit = character, digit.pointee != 0 {
            number = number * 10 + Int(digit.pointee) - 48
            character = digit + 1
        }
        return number
    }

    /// The command as the server names it when it is done, such as `COMMIT` or `INSERT 0 1`.
    package var commandTag: String {
        PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    /// Reads every row.
    package func decode<T: RowDecodable>(_ type: T.Type = T.self) throws(PostgresError) -> [T] {
        var values: [T] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            var reader = RowReader(rows: self, index: index)
            values.append(try T(from: &reader))
        }
        return values
    }

    /// Reads the first row, when there is one.
    package func first<T: RowDecodable>(_ type: T.Type = T.self) throws(PostgresError) -> T? {
        guard count > 0 else {
            return nil
        }
        var reader = RowReader(rows: self, index: 0)
        return try T(from: &reader)
    }

    /// Reads the first column of the first row, when there is one.
    package func firstValue<T: SQLDecodable>(
        _ type: T.Type = T.self
    ) throws(PostgresError) -> T? {
        guard count > 0 else {
            return nil
        }
        return try decode(row: 0, column: 0)
    }

    /// Reads one column of every row.
    package func values<T: SQLDecodable>(
        _ type: T.Type = T.self,
        column: Int = 0
    ) throws(PostgresError) -> [T] {
        var values: [T] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            values.append(try decode(row: index, column: column))
        }
        return values
    }

    func columnName(_ column: Int) -> String {
        PQfname(result, Int32(column)).map { String(cString: $0) } ?? "?"
    }

    /// The bytes of one column, nil for NULL; valid as long as this object lives.
    func bytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8>? {
        let row = Int32(row)
        let column = Int32(column)
        let length = Int(PQgetlength(result, row, column))
        if length == 0, PQgetisnull(result, row, column) == 1 {
            return nil
        }
        guard let start = PQgetvalue(result, row, column) else {
            return nil
        }
        let bytes = UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: bytes, count: length)
    }

    func decode<T: SQLDecodable>(row: Int, column: Int) throws(PostgresError) -> T {
        guard column >= 0, column < columnCount else {
            throw PostgresError(
                .decoding,
                "column \(column + 1) of an answer with \(columnCount) columns"
            )
        }
        do {
            return try withExtendedLifetime(self) { () throws(PostgresError) in
                try T.decode(bytes(row: row, column: column))
            }
        } catch {
            var error = error
            error.column = columnName(column)
            error.message += " in column \(column + 1) (\(columnName(column)))"
            throw error
        }
    }
}

/// One row of an answer.
package struct Row: Sendable {
    let rows: Rows
    let index: Int

    /// Reads the columns one after another, in the order of the SELECT.
    package func reader() -> RowReader {
        RowReader(rows: rows, index: index)
    }

    /// Reads one column, counted from 0.
    package func get<T: SQLDecodable>(
        _ column: Int,
        as type: T.Type = T.self
    ) throws(PostgresError) -> T {
        try rows.decode(row: index, column: column)
    }

    /// Reads a whole value from this row.
    package func decode<T: RowDecodable>(_ type: T.Type = T.self) throws(PostgresError) -> T {
        var reader = reader()
        return try T(from: &reader)
    }

    /// Lends the bytes of one column as the server wrote them, nil for NULL, without a copy.
    package func withBytes<Result, Failure: Error>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(column >= 0 && column < rows.columnCount, "column out of bounds")
        return try withExtendedLifetime(rows) { () throws(Failure) in
            try body(rows.bytes(row: index, column: column))
        }
    }
}

/// Reads the columns of one row in the order of the SELECT.
package struct RowReader {
    private let rows: Rows
    private let index: Int
    private var column = 0

    init(rows: Rows, index: Int) {
        self.rows = rows
        self.index = index
    }

    /// Reads the next column.
    package mutating func next<T: SQLDecodable>(
        _ type: T.Type = T.self
    ) throws(PostgresError) -> T {
        let value: T = try rows.decode(row: index, column: column)
        column += 1
        return value
    }

    /// Columns not read yet.
    package var remaining: Int { rows.columnCount - column }
}

/// A type that can be read from the columns of a row.
package protocol RowDecodable {
    init(from row: inout RowReader) throws(PostgresError)
}
