/// A table of text: columns side by side where there is room, and else a list for each row.
struct TextTable {
    private var rows: [[String]] = []
    private var hasHeading = false

    /// Whether a row is open for cells.
    var isEmpty: Bool { rows.isEmpty }

    mutating func startRow() { rows.append([]) }

    mutating func add(_ cell: String, isHeading: Bool) {
        if rows.isEmpty { startRow() }
        hasHeading = hasHeading || (isHeading && rows.count == 1)
        rows[rows.count - 1].append(cell)
    }

    func lines(columns: Int) -> [String] {
        let rows = rows.filter { !$0.isEmpty }
        let count = min(rows.map(\.count).max() ?? 0, Limits.tableColumns)
        let widths = (0..<count).map { column in
            rows.map { $0.count > column ? TextWrap.width(of: $0[column]) : 0 }.max() ?? 0
        }
        guard widths.reduce(0, +) + 3 * (count - 1) <= columns else {
            return lists(rows, columns: columns)
        }
        var lines = rows.map { row in Self.line(row, widths) }
        if hasHeading, lines.count > 1 {
            let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "-+-")
            lines.insert(rule, at: 1)
        }
        return lines
    }

    private static func line(_ row: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in row.prefix(widths.count).enumerated() {
            if column > 0 { line += " | " }
            line += cell
            guard column < widths.count - 1 else { break }
            line += String(repeating: " ", count: widths[column] - TextWrap.width(of: cell))
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Each row by itself, its cells under the names of their columns.
    private func lists(_ rows: [[String]], columns: Int) -> [String] {
        let names = hasHeading ? rows[0] : []
        let groups = rows.dropFirst(hasHeading ? 1 : 0).map { row in
            row.enumerated().filter { !$1.isEmpty }.flatMap { column, cell in
                let name = column < names.count ? names[column] : ""
                let text = name.isEmpty ? cell : "\(name): \(cell)"
                return TextWrap.lines(text, columns: columns - 2).enumerated()
                    .map { line, words in (line == 0 ? "- " : "  ") + words }
            }
        }
        return Array(groups.joined(separator: [""]))
    }
}
