/// What the terminal can show, as far as it changes the text of the picture.
package struct Capabilities: Sendable, Hashable {
    /// Characters outside ASCII can be shown.
    package var hasUnicode: Bool

    package init(hasUnicode: Bool = true) {
        self.hasUnicode = hasUnicode
    }
}

/// Draws one moment of a model. Any size gives a picture; none traps.
package func view(
    _ model: Model,
    size: Size,
    capabilities: Capabilities = Capabilities()
) -> Frame {
    var view = View(model: model, size: size)
    view.draw()
    if !capabilities.hasUnicode {
        view.grid.reduceToASCII()
    }
    let title = TextPolicy.plain(String(model.site.title.prefix(Limits.fieldCharacters)))
    return Frame(grid: view.grid, cursor: view.cursor, title: title)
}

/// The picture while it is drawn.
struct View {
    var model: Model
    let size: Size
    var grid: Grid
    var cursor: Position?

    init(model: Model, size: Size) {
        self.model = model
        self.size = size
        grid = Grid(size: size)
        self.model.size = size
    }

    mutating func draw() {
        guard size.columns >= Limits.smallestSize.columns, size.rows >= Limits.smallestSize.rows
        else {
            let text = "too small: parley needs 40 columns and 10 rows"
            let line = TextPolicy.cells(text).cut(to: size.columns)
            grid.draw(line, column: 0, row: 0, limit: size.columns)
            return
        }
        let content = Region(column: 0, row: 1, columns: size.columns, rows: model.contentRows)
        switch model.screens[model.screens.count - 1] {
        case .topicList(let state): drawList(state, in: content)
        case .categories(let state): drawCategories(state, in: content)
        case .notifications(let state): drawNotifications(state, in: content)
        case .topic(let state): drawPanes(state, in: content)
        case .composer(let state): drawComposer(state, in: content)
        case .login(let state): drawLogin(state, in: content)
        case .chooser(let state): drawChooser(state, in: content)
        case .person(let state): drawPerson(state, in: content)
        case .review(let state): drawReview(state, in: content)
        case .help(let state): drawHelp(state, in: content)
        }
        drawTopBar()
        drawStatus(row: size.rows - 2)
        drawKeys(row: size.rows - 1)
        if model.settings.cursorOnSelection, cursor == nil {
            cursor = selectionPosition
        }
    }

    /// Where the mark of the selection stands, for those who follow the cursor.
    private var selectionPosition: Position? {
        for row in 1..<max(1, size.rows - 2) {
            for column in [0, model.listPaneColumns + (model.listPaneColumns > 0 ? 1 : 0)]
                .reversed()
            where column < size.columns && grid[column: column, row: row].base == ">" {
                return Position(column: column, row: row)
            }
        }
        return nil
    }

    /// A topic alone, or beside its list when there is room.
    private mutating func drawPanes(_ state: TopicState, in region: Region) {
        let pane = model.listPaneColumns
        let width = model.topicColumns
        if model.showsInformation {
            drawInformation(
                state,
                in: Region(
                    column: size.columns - Model.informationWidth,
                    row: region.row,
                    columns: Model.informationWidth,
                    rows: region.rows
                )
            )
        }
        guard pane > 0, var list = model.list else {
            drawTopic(
                state,
                in: Region(column: 0, row: region.row, columns: width, rows: region.rows)
            )
            return
        }
        list.reveal(height: region.rows)
        drawList(list, in: Region(column: 0, row: region.row, columns: pane, rows: region.rows))
        drawDivider(column: pane, in: region)
        drawTopic(
            state,
            in: Region(
                column: pane + 1,
                row: region.row,
                columns: width,
                rows: region.rows
            )
        )
    }

    mutating func drawDivider(column: Int, in region: Region) {
        for row in region.row..<(region.row + region.rows) {
            grid.draw(
                TextPolicy.cells("\u{2502}", style: Style(.rule)),
                column: column,
                row: row,
                limit: 1
            )
        }
    }

    /// Text in the middle of an empty region.
    mutating func drawCentred(_ lines: [String], in region: Region, style: Style = .muted) {
        let lines = lines.flatMap {
            Wrap.rows(TextPolicy.field($0, style: style), columns: region.columns)
        }
        let first = region.row + max(0, (region.rows - lines.count) / 2)
        for (index, line) in lines.enumerated() where first + index < region.row + region.rows {
            let cells = line.cut(to: region.columns)
            grid.draw(
                cells,
                column: region.column + max(0, (region.columns - cells.count) / 2),
                row: first + index,
                limit: region.columns
            )
        }
    }
}

extension Grid {
    /// Replaces what a terminal without Unicode cannot show.
    mutating func reduceToASCII() {
        for row in 0..<size.rows {
            var line: [Cell] = []
            for column in 0..<size.columns {
                let cell = self[column: column, row: row]
                if cell.isRightHalf || (cell.base.isASCII && !cell.hasMarks) {
                    line.append(cell.isRightHalf ? Cell(" ", style: cell.style) : cell)
                } else {
                    line.append(Cell(Grid.substitute(cell.base), style: cell.style))
                }
            }
            draw(line, column: 0, row: row, limit: size.columns)
        }
    }

    private static func substitute(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\u{2500}": "-"
        case "\u{2502}", "\u{2595}", "\u{258F}": "|"
        case "\u{253C}": "+"
        case "\u{25CF}", "\u{2022}", "\u{2665}": "*"
        case "\u{2588}", "\u{2592}": "#"
        case "\u{25B8}": ">"
        case "\u{25BE}": "v"
        case "\u{2591}", "\u{B7}", "\u{2026}": "."
        default: "?"
        }
    }
}
