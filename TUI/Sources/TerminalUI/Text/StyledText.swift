/// One line of text with its styles, before it is wrapped.
package struct StyledText: Sendable, Hashable {
    package private(set) var cells: [Cell] = []

    package init() {}

    package init(_ text: some StringProtocol, _ style: Style = .text) {
        append(text, style)
    }

    package mutating func append(
        _ text: some StringProtocol,
        _ style: Style = .text,
        tab: Int = 8
    ) {
        cells.append(contentsOf: TextPolicy.cells(text, style: style, tab: tab))
    }

    package mutating func append(field text: String, _ style: Style = .text) {
        cells.append(contentsOf: TextPolicy.field(text, style: style))
    }

    package mutating func append(_ more: [Cell]) {
        cells.append(contentsOf: more)
    }

    package var isEmpty: Bool { cells.isEmpty }
    package var width: Int { cells.count }
    package var text: String { cells.map(\.text).joined() }
}

extension [Cell] {
    /// The line cut to `columns`, with an ellipsis where something is missing.
    package func cut(to columns: Int) -> [Cell] {
        guard count > columns else { return self }
        guard columns > 0 else { return [] }
        var kept = Array(prefix(columns - 1))
        if kept.last?.width == 2 {
            kept.removeLast()
        }
        let style = kept.last?.style ?? first?.style ?? .text
        kept.append(Cell("\u{2026}", style: style))
        return kept
    }

    /// The line cut or filled to exactly `columns`.
    package func fitted(to columns: Int, style: Style = .text) -> [Cell] {
        let line = cut(to: columns)
        guard line.count < columns else { return line }
        return line + repeatElement(Cell(" ", style: style), count: columns - line.count)
    }

    package var text: String { map(\.text).joined() }
}
