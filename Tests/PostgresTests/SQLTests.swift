import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func `values stay out of the text`() {
        let hostile = "'; DROP TABLE posts; --"
        let sql: SQL = "INSERT INTO posts VALUES (\(7), \(hostile), \(nil as String?))"
        #expect(sql.text == "INSERT INTO posts VALUES ($1, $2, $3)")
        #expect(sql.values == [SQLValue("7"), SQLValue(hostile), .null])
    }

    @Test func `a fragment's parameters are numbered anew`() {
        let visible: SQL = "(category_id = \(1) OR owner = \(2))"
        let sql: SQL =
            "SELECT * FROM topics WHERE id = \(9) AND \(visible) AND \(visible) LIMIT \(5)"
        #expect(
            sql.text == "SELECT * FROM topics WHERE id = $1 AND (category_id = $2 OR owner = $3) "
                + "AND (category_id = $4 OR owner = $5) LIMIT $6"
        )
        #expect(sql.values.map(\.text) == ["9", "1", "2", "1", "2", "5"])
    }

    @Test func `dollar signs in literals are not mistaken for parameters`() {
        let fragment: SQL = "price = '$1' AND body = $tag$ $2 $tag$ AND id = \(3)"
        let sql: SQL = "SELECT \(8), \(fragment)"
        #expect(sql.text == "SELECT $1, price = '$1' AND body = $tag$ $2 $tag$ AND id = $2")
    }

    @Test(arguments: [0, 1, 2, 9, 10, 11, 99, 100, 1_000, 12_345])
    func `parameters are numbered from one`(count: Int) {
        let sql = SQL.joined((0..<count).map { "\($0)" }, separator: ", ")
        let expected = (0..<count).map { "$\($0 + 1)" }.joined(separator: ", ")
        #expect(sql.text == expected)
        #expect(sql.values.count == count)
    }

    @Test func `fragments are joined and added`() {
        var sql: SQL = "SELECT 1"
        sql += " WHERE a = \(1)"
        sql = sql + " OR b = \(2)" + ""
        #expect(sql.text == "SELECT 1 WHERE a = $1 OR b = $2")
        #expect(SQL.joined([], separator: " AND ").isEmpty)
        #expect(SQL.joined(["a", "b"], separator: " AND ").text == "a AND b")
        #expect(("" as SQL).isEmpty)
    }

    @Test func `equality looks at text and values, not at how they were put together`() {
        let tail: SQL = " = \(1)"
        let whole: SQL = "a = \(1)"
        #expect(("a" as SQL) + tail == whole)
        #expect(Set([("a" as SQL) + tail, whole]).count == 1)
        #expect(whole != "a = \(2)")
    }

    @Test func `text beyond ASCII survives`() {
        let sql: SQL = "SELECT 'größer → 日本' || \("ünïcode")"
        #expect(sql.text == "SELECT 'größer → 日本' || $1")
    }

    @Test func `an array is one parameter`() {
        let sql: SQL = "SELECT * FROM t WHERE id = ANY(\([1, 2, 3]))"
        #expect(sql.text == "SELECT * FROM t WHERE id = ANY($1)")
        #expect(sql.values == [SQLValue("{\"1\",\"2\",\"3\"}")])
    }
}
