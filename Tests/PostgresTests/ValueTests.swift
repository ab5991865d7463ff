import Testing

@testable import Postgres

@Suite struct ValueTests {
    private struct Sample: RowDecodable, Equatable {
        var number: Int
        var short: Int16
        var integer: Int32
        var flag: Bool
        var real: Double
        var text: String
        var bytes: [UInt8]
        var time: Timestamp
        var nothing: String?

        init(from row: inout RowReader) throws(PostgresError) {
            number = try row.next()
            short = try row.next()
            integer = try row.next()
            flag = try row.next()
            real = try row.next()
            text = try row.next()
            bytes = try row.next()
            time = try row.next()
            nothing = try row.next()
        }

        init() {
            number = .random(in: .min ... .max)
            short = .random(in: .min ... .max)
            integer = .random(in: .min ... .max)
            flag = .random()
            real = Double(bitPattern: .random(in: 0...0x7fef_ffff_ffff_ffff)) * (flag ? 1 : -1)
            text = ValueTests.randomText()
            bytes = (0..<Int.random(in: 0...300)).map { _ in .random(in: 0...255) }
            time = Timestamp(
                microseconds: .random(in: -200_000_000_000_000_000...8_000_000_000_000_000_000)
            )
            nothing = nil
        }
    }

    private static func randomText() -> String {
        let alphabet = Array(#"aZ09 '"\{},;$%_~`/*-#|&<>"# + "\t\n\r\u{1}äß→日本👩‍👩‍👧‍👦NULL\u{7f}")
        return String((0..<Int.random(in: 0...40)).map { _ in alphabet.randomElement() ?? "a" })
    }

    @Test func `what is written is read again`() async throws {
        let pool = try await SharedDatabase.pool
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let sample = Sample()
                    let read = try await pool.first(
                        """
                        SELECT \(sample.number)::bigint, \(sample.short)::smallint,
                            \(sample.integer)::integer, \(sample.flag)::boolean,
                            \(sample.real)::double precision, \(sample.text)::text,
                            \(sample.bytes)::bytea, \(sample.time)::timestamptz,
                            \(sample.nothing)::text
                        """,
                        as: Sample.self
                    )
                    #expect(read == sample)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `arrays are read again, with their quotes and NULLs`() async throws {
        let pool = try await SharedDatabase.pool
        for _ in 0..<100 {
            let texts = (0..<Int.random(in: 0...12)).map { _ in Self.randomText() }
            let optionals = texts.map { Bool.random() ? $0 : nil }
            let numbers = (0..<Int.random(in: 0...12)).map { _ in Int64.random(in: .min ... .max) }
            let flags = numbers.map { $0 > 0 }
            let times = numbers.map { Timestamp(microseconds: $0 / 1_000) }
            let rows = try await pool.query(
                """
                SELECT \(texts)::text[], \(optionals)::text[], \(numbers)::bigint[],
                    \(flags)::boolean[], \(times)::timestamptz[],
                    cardinality(\(texts)::text[])
                """
            )
            var row = rows[0].reader()
            #expect(try row.next([String].self) == texts)
            #expect(try row.next([String?].self) == optionals)
            #expect(try row.next([Int64].self) == numbers)
            #expect(try row.next([Bool].self) == flags)
            #expect(try row.next([Timestamp].self) == times)
            #expect(try row.next(Int.self) == texts.count)
            #expect(row.remaining == 0)
        }
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude,
    ])
    func `the corners of floating point`(value: Double) async throws {
        let pool = try await SharedDatabase.pool
        let read = try await pool.value("SELECT \(value)::float8", as: Double.self)
        #expect(read == value || (value.isNaN && read?.isNaN == true))
    }

    @Test(arguments: [
        Timestamp.distantFuture, .distantPast, Timestamp(microseconds: 0),
        Timestamp(microseconds: -62_135_596_800_000_001),
        Timestamp(microseconds: -210_000_000_000_000_000),
        Timestamp(microseconds: 9_000_000_000_000_000_000),
    ])
    func `the corners of time`(value: Timestamp) async throws {
        let pool = try await SharedDatabase.pool
        let read = try await pool.value("SELECT \(value)::timestamptz", as: Timestamp.self)
        #expect(read == value)
    }

    @Test func `NULL is nil, and an error where none is expected`() async throws {
        let pool = try await SharedDatabase.pool
        let rows = try await pool.query("SELECT NULL::int AS missing, '' AS empty")
        #expect(try rows[0].get(0, as: Int?.self) == nil)
        #expect(try rows[0].get(1, as: String?.self) == "")
        #expect(rows.columnNames == ["missing", "empty"])
        let error = #expect(throws: PostgresError.self) { try rows[0].get(0, as: Int.self) }
        #expect(error?.code == .decoding)
        #expect(error?.column == "missing")
        #expect(rows[0].withBytes(0) { $0 == nil })
        #expect(rows[0].withBytes(1) { $0?.isEmpty == true })
    }

    @Test func `a column of another type, or none, is an error and not a trap`() async throws {
        let pool = try await SharedDatabase.pool
        let rows = try await pool.query(
            "SELECT 'word', 99999999999999999999::numeric, '{{1},{2}}'::int[], 70000"
        )
        let row = rows[0]
        #expect(throws: PostgresError.self) { try row.get(0, as: Int.self) }
        #expect(throws: PostgresError.self) { try row.get(0, as: Bool.self) }
        #expect(throws: PostgresError.self) { try row.get(0, as: Double.self) }
        #expect(throws: PostgresError.self) { try row.get(0, as: Timestamp.self) }
        #expect(throws: PostgresError.self) { try row.get(0, as: [UInt8].self) }
        #expect(throws: PostgresError.self) { try row.get(0, as: [Int].self) }
        #expect(throws: PostgresError.self) { try row.get(1, as: Int.self) }
        #expect(throws: PostgresError.self) { try row.get(2, as: [Int].self) }
        #expect(throws: PostgresError.self) { try row.get(3, as: Int16.self) }
        #expect(throws: PostgresError.self) { try row.get(4, as: Int.self) }
    }

    @Test func `text with NUL is refused before it is sent, not cut off`() async throws {
        let pool = try await SharedDatabase.pool
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("SELECT \("a\0b")::text")
        }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("parameter 1") == true)
        #expect(try await pool.value("SELECT 1", as: Int.self) == 1)
    }

    @Test func `too many parameters are refused`() async throws {
        let pool = try await SharedDatabase.pool
        let rows = SQL.joined((0..<65_535).map { "(\($0)::int)" }, separator: ", ")
        let sum = try await pool.value("SELECT sum(n) FROM (VALUES \(rows)) t (n)", as: Int.self)
        #expect(sum == 2_147_385_345)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("SELECT sum(n) FROM (VALUES \(rows), (\(1))) t (n)")
        }
        #expect(error?.code == .invalidValue)
    }

    @Test func `megabytes go there and back`() async throws {
        let pool = try await SharedDatabase.pool
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let read = try await pool.value("SELECT \(bytes)::bytea", as: [UInt8].self)
        #expect(read == bytes)
    }

    @Test(arguments: ["", "{", "}", "{1", "{1,", "{\"a", "{1}x", "[0:1]={1,2}", "{a\"b\"}"])
    func `broken array literals do not trap`(text: String) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { buffer in
            _ = Result { try [String].decode(buffer) }
            _ = Result { try [Int].decode(buffer) }
            _ = Result { try [UInt8].decode(buffer) }
        }
    }
}
