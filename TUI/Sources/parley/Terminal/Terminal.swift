import CNCurses
import Foundation
import TerminalUI

/// The screen, through ncurses. Only the thread of the loop may touch it.
final class Terminal {
    /// Why there can be no screen here.
    enum Problem: Error, CustomStringConvertible {
        case noTerminal
        case cannotPlaceText(String)
        case unknownTerminal(String)

        var description: String {
            let hint = "Use “parley --plain”, or “parley topics”, “parley read TOPIC” and so on."
            switch self {
            case .noTerminal:
                return "Input or output is not a terminal. \(hint)"
            case .cannotPlaceText(let name):
                return "A terminal of the type “\(name)” cannot place text on the screen. \(hint)"
            case .unknownTerminal(let name):
                return "The terminal type “\(name)” is not known on this machine. "
                    + "Install ncurses-term, or set TERM to one that is. \(hint)"
            }
        }
    }

    private let window: UnsafeMutablePointer<WINDOW>?
    private let palette: Palette
    private var reader = KeyReader()
    private var title = ""
    private let setsTitle: Bool
    private let usesMouse: Bool
    private var errorOutput: Int32 = -1
    /// The picture that ncurses was given last; nil when it has to be given all of one.
    private var shown: Grid?
    let capabilities: Capabilities

    /// Types of terminals that speak xterm's language though their own description is missing.
    private static let likeXterm = [
        "xterm", "alacritty", "foot", "wezterm", "rio", "st", "contour", "ghostty", "kitty",
    ]

    /// Takes the terminal over. `wake` is the descriptor that signals write to; `errorLog` is
    /// where messages to standard error go while the screen is in use.
    init(
        wake: Int32,
        allowsColour: Bool,
        usesMouse: Bool,
        setsTitle wantsTitle: Bool,
        errorLog: String
    ) throws(Problem) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw .noTerminal
        }
        let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
        guard !name.isEmpty, name != "dumb" else { throw .cannotPlaceText(name) }
        let hasUnicode = Terminal.chooseLocale()
        ExitGuard.remember()
        // ncurses keeps a handler for SIGWINCH that is there before it.
        ExitGuard.install(reset: "", wake: wake)
        set_escdelay(25)
        try Terminal.start(name)
        guard nc_capability("cup") != nil else {
            endwin()
            throw .cannotPlaceText(name)
        }
        window = nc_stdscr()
        setsTitle = wantsTitle && Terminal.likeXterm.contains { name.hasPrefix($0) }
        self.usesMouse = usesMouse
        capabilities = Capabilities(hasUnicode: hasUnicode)
        palette = Palette(allowsColour: allowsColour)
        raw()
        noecho()
        nonl()
        keypad(window, true)
        wtimeout(window, 0)
        idlok(window, true)
        curs_set(0)
        define_key("\u{1B}[200~", KeyReader.pasteStart)
        define_key("\u{1B}[201~", KeyReader.pasteEnd)
        ExitGuard.install(reset: Terminal.resetText(setsTitle: setsTitle), wake: wake)
        redirectErrors(to: errorLog)
        enterModes()
    }

    /// Sets the locale; without UTF-8 in it, C.UTF-8 is tried. True when characters are UTF-8.
    private static func chooseLocale() -> Bool {
        setlocale(LC_ALL, "")
        if nc_is_utf8() == 0 {
            setlocale(LC_CTYPE, "C.UTF-8")
        }
        return nc_is_utf8() == 1
    }

    private static func start(_ name: String) throws(Problem) {
        // The size is the terminal's, whatever LINES and COLUMNS of some shell say.
        use_env(false)
        use_tioctl(true)
        if nc_newterm() != nil { return }
        guard likeXterm.contains(where: { name.hasPrefix($0) }) else {
            throw .unknownTerminal(name)
        }
        setenv("TERM", "xterm-256color", 1)
        guard nc_newterm() != nil else { throw .unknownTerminal(name) }
    }

    /// What brings the terminal back after a crash, from its own description.
    private static func resetText(setsTitle: Bool) -> String {
        let names = ["sgr0", "rmkx", "cnorm", "rmcup"]
        let own = names.compactMap { nc_capability($0).map { String(cString: $0) } }
        // Delays (`$<5>`) are for terminals that no longer exist.
        let plain = own.map { text in
            text.split(separator: "$<").enumerated().map { index, part in
                index == 0 ? String(part) : String(part.drop { $0 != ">" }.dropFirst())
            }.joined()
        }
        let title = setsTitle ? "\u{1B}[23;2t" : ""
        let mouse = "\u{1B}[?1000l\u{1B}[?1006l"
        return "\u{1B}[?2004l" + mouse + title + plain.joined() + "\r\n"
    }

    // MARK: What is heard and kept outside

    /// Characters of a text that goes to the clipboard.
    private static let largestCopy = 100_000

    /// Asks the terminal to keep `text` on its clipboard (OSC 52); base 64 holds no control.
    func copy(_ text: String) {
        let bytes = Data(text.prefix(Terminal.largestCopy).utf8)
        write("\u{1B}]52;c;\(bytes.base64EncodedString())\u{7}")
    }

    func ring() {
        write("\u{7}")
    }

    // MARK: Modes

    private func enterModes() {
        write("\u{1B}[?2004h" + (setsTitle ? "\u{1B}[22;2t" : ""))
        title = ""
        if usesMouse {
            nc_use_mouse()
        }
    }

    private func leaveModes() {
        if usesMouse {
            nc_leave_mouse()
        }
        write("\u{1B}[?2004l" + (setsTitle ? "\u{1B}[23;2t" : ""))
    }

    /// Writes past ncurses: only sequences of this file, and titles that hold no control.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func redirectErrors(to path: String) {
        fflush(nil)
        errorOutput = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10)
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        var log = open(path, flags, 0o600)
        if log < 0 {
            log = open("/dev/null", O_WRONLY | O_CLOEXEC)
        }
        guard log >= 0 else { return }
        dup2(log, STDERR_FILENO)
        Foundation.close(log)
    }

    private func restoreErrors() {
        guard errorOutput >= 0 else { return }
        dup2(errorOutput, STDERR_FILENO)
        Foundation.close(errorOutput)
        errorOutput = -1
    }

    /// Where messages to standard error went before the screen was taken; -1 when unknown.
    var shellErrors: Int32 { errorOutput }

    // MARK: Input

    /// Keys and pasted text that wait.
    func readKeys() -> [Message] {
        reader.read(window)
    }

    /// The size of the terminal now.
    var size: Size {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
            return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
        }
        return Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    }

    /// Takes a new size in and draws everything again at the next paint.
    func resize() -> Size {
        let size = self.size
        resizeterm(Int32(size.rows), Int32(size.columns))
        shown = nil
        redrawAll()
        return size
    }

    func redrawAll() {
        clearok(window, true)
        touchwin(window)
    }

    // MARK: Painting

    /// Shows a frame. ncurses is given the rows that changed and sends what changed in them.
    func paint(_ frame: Frame) {
        let size = frame.grid.size
        let rows = min(size.rows, Int(getmaxy(window)))
        let columns = min(size.columns, Int(getmaxx(window)))
        for row in 0..<rows where !(shown?.hasRow(row, of: frame.grid) ?? false) {
            paint(row: row, columns: columns, of: frame.grid)
        }
        shown = frame.grid
        if let cursor = frame.cursor, cursor.row < rows, cursor.column < columns {
            curs_set(1)
            wmove(window, Int32(cursor.row), Int32(cursor.column))
        } else {
            curs_set(0)
        }
        wrefresh(window)
        if setsTitle, frame.title != title {
            title = frame.title
            write("\u{1B}]2;\(title.prefix(80))\u{1B}\\")
        }
    }

    private func paint(row: Int, columns: Int, of grid: Grid) {
        var lastStyle: Style?
        var look: (attributes: UInt32, pair: Int32) = (0, 0)
        for column in 0..<columns {
            let cell = grid[column: column, row: row]
            if cell.isRightHalf { continue }
            let style = cell.style
            if style != lastStyle {
                look = palette.look(of: style)
                lastStyle = style
            }
            if !put(cell, row: row, column: column, look) {
                // A width on which the C library disagrees would shift the rest of the row.
                _ = put(Cell("\u{FFFD}", style: style), row: row, column: column, look)
                if cell.width == 2, column + 1 < columns {
                    _ = put(Cell(" ", style: style), row: row, column: column + 1, look)
                }
            }
        }
    }

    private func put(
        _ cell: Cell,
        row: Int,
        column: Int,
        _ look: (attributes: UInt32, pair: Int32)
    ) -> Bool {
        let base = wchar_t(bitPattern: cell.base.value)
        if cell.base.value >= 0x80, Int(nc_width(base)) != cell.width { return false }
        var text: (wchar_t, wchar_t, wchar_t, wchar_t, wchar_t, wchar_t) = (base, 0, 0, 0, 0, 0)
        if cell.hasMarks {
            let marks = cell.marks.map { wchar_t(bitPattern: $0.value) }.filter {
                nc_width($0) == 0
            }
            withUnsafeMutableBytes(of: &text) { bytes in
                let places = bytes.assumingMemoryBound(to: wchar_t.self)
                for (index, mark) in marks.prefix(Limits.marksPerCell).enumerated() {
                    places[index + 1] = mark
                }
            }
        }
        return withUnsafePointer(to: &text) { pointer in
            pointer.withMemoryRebound(to: wchar_t.self, capacity: 6) { characters in
                // The last cell of the screen reports an error though it is drawn: the cursor
                // cannot move on.
                let result = nc_put(
                    window,
                    Int32(row),
                    Int32(column),
                    characters,
                    look.attributes,
                    look.pair
                )
                return result != nc_err() || isLastCell(row: row, column: column)
            }
        }
    }

    private func isLastCell(row: Int, column: Int) -> Bool {
        row == Int(getmaxy(window)) - 1 && column >= Int(getmaxx(window)) - 2
    }

    // MARK: Leaving and coming back

    /// Stops the program until the shell continues it. Returns the size then.
    func suspend() -> Size {
        leave()
        kill(0, SIGTSTP)
        return comeBack()
    }

    /// Gives the terminal to another program for a while.
    func lend<Result>(_ body: () -> Result) -> (result: Result, size: Size) {
        leave()
        let result = body()
        return (result, comeBack())
    }

    private func leave() {
        leaveModes()
        fflush(nil)
        def_prog_mode()
        endwin()
    }

    private func comeBack() -> Size {
        reset_prog_mode()
        enterModes()
        let size = resize()
        curs_set(0)
        return size
    }

    /// Gives the terminal back for good.
    func close() {
        leaveModes()
        endwin()
        restoreErrors()
        ExitGuard.restoreDefaults()
    }
}
