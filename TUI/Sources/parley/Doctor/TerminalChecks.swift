import CNCurses
import Foundation
import TerminalUI

/// What the terminal and its surroundings are able to.
enum TerminalChecks {
    static func findings() -> [Finding] {
        [locale(), terminal(), colours(), size(), widths(), editor(), pictures()] + folders()
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static func locale() -> Finding {
        setlocale(LC_ALL, "")
        let name =
            ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty } ?? "C"
        if nc_is_utf8() == 1 { return .good("Locale", "\(name), UTF-8") }
        setlocale(LC_CTYPE, "C.UTF-8")
        guard nc_is_utf8() == 1 else {
            return .bad(
                "Locale",
                "\(name) is not UTF-8, and C.UTF-8 is missing",
                "Install the locales and set LANG to one of them, such as C.UTF-8."
            )
        }
        return .warning(
            "Locale",
            "\(name) is not UTF-8; C.UTF-8 is used in its place",
            "Set LANG=C.UTF-8, so that other programs show the same text."
        )
    }

    private static func terminal() -> Finding {
        let name = environment["TERM"] ?? ""
        guard !name.isEmpty, name != "dumb" else {
            return .warning(
                "Terminal",
                "TERM is “\(name)”",
                "Use the subcommands with --plain: parley latest --plain, parley read TOPIC --plain."
            )
        }
        var status: Int32 = 0
        guard setupterm(nil, 1, &status) != nc_err() else {
            return .warning(
                "Terminal",
                "“\(name)” is not described on this machine; it is treated as xterm-256color",
                "Install ncurses-term, which describes more terminals."
            )
        }
        guard nc_capability("cup") != nil else {
            return .bad(
                "Terminal",
                "“\(name)” cannot place text on the screen",
                "Use the subcommands with --plain, or set TERM to what your terminal is."
            )
        }
        return .good("Terminal", name)
    }

    private static func colours() -> Finding {
        if !(environment["NO_COLOR"] ?? "").isEmpty {
            return .good("Colours", "none, as NO_COLOR wants; marks tell everything")
        }
        var status: Int32 = 0
        guard setupterm(nil, 1, &status) != nc_err() else {
            return .good("Colours", "unknown")
        }
        let count = tigetnum("colors")
        return .good("Colours", count > 0 ? "\(count)" : "none; marks tell everything")
    }

    private static func size() -> Finding {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return .good("Size", "output is not a terminal")
        }
        let text = "\(size.ws_col) columns, \(size.ws_row) lines"
        guard size.ws_col >= 40, size.ws_row >= 10 else {
            return .bad(
                "Size",
                text,
                "The screens need 40 columns and 10 lines; 80 × 24 is better."
            )
        }
        return .good("Size", text)
    }

    // MARK: Widths

    /// Letters of which terminals disagree, and what they are.
    private static let samples = [
        ("\u{E9}", "é"), ("e\u{301}", "e with a combining accent"), ("\u{65E5}", "CJK"),
        ("\u{1F44D}", "emoji"), ("\u{2500}", "line"), ("\u{26A0}", "symbol"),
    ]

    /// Asks the terminal where its cursor stands after each sample (ECMA-48, DSR 6).
    private static func widths() -> Finding {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            return .good("Widths", "not measured: this is not a terminal")
        }
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var quiet = settings
        quiet.c_lflag &= ~tcflag_t(ECHO | ICANON)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
        defer {
            print("\r\u{1B}[K", terminator: "")
            fflush(nil)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        }
        var wrong: [String] = []
        for (sample, name) in samples {
            print("\r\(sample)\u{1B}[6n", terminator: "")
            fflush(nil)
            guard let column = cursorColumn() else {
                return .warning(
                    "Widths",
                    "the terminal does not say where its cursor is",
                    "Should columns look crooked, report it with the name of the terminal."
                )
            }
            if column - 1 != TextPolicy.width(sample) {
                wrong.append("\(name) (\(column - 1) instead of \(TextPolicy.width(sample)))")
            }
        }
        guard wrong.isEmpty else {
            return .warning(
                "Widths",
                "the terminal counts other columns for: \(wrong.joined(separator: ", "))",
                "Lines with such letters may be crooked; a newer terminal or tmux may help."
            )
        }
        return .good("Widths", "the terminal counts columns as this program does")
    }

    /// Reads `ESC [ row ; column R`; nil when nothing comes within half a second.
    private static func cursorColumn() -> Int? {
        var reply: [UInt8] = []
        while reply.count < 32 {
            var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, 500) > 0 else { return nil }
            var byte: UInt8 = 0
            guard Foundation.read(STDIN_FILENO, &byte, 1) == 1 else { return nil }
            if byte == UInt8(ascii: "R") { break }
            reply.append(byte)
        }
        let text = String(decoding: reply, as: UTF8.self)
        return text.split(separator: ";").last.flatMap { Int($0) }
    }

    // MARK: Files and programs

    private static func editor() -> Finding {
        let wanted = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty }
        let program = (wanted ?? "vi").split(separator: " ").first.map(String.init) ?? "vi"
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = program.contains("/") ? [program] : folders.map { "\($0)/\(program)" }
        guard places.contains(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            return .warning(
                "Editor",
                "\(program) was not found",
                "Set VISUAL or EDITOR; the built-in composer needs neither."
            )
        }
        return .good("Editor", wanted ?? "vi, since VISUAL and EDITOR are not set")
    }

    private static func pictures() -> Finding {
        if let viewer = Outside.imageViewer { return .good("Pictures", "shown by \(viewer)") }
        guard let browser = Outside.browser else {
            return .warning(
                "Pictures",
                "no viewer and no browser; their addresses are shown",
                "Set image_viewer in the file of settings, for example to chafa."
            )
        }
        return .good("Pictures", "opened by \(browser)")
    }

    private static func folders() -> [Finding] {
        [("Drafts and logins", StateFolder.url), ("What is kept", StateFolder.cacheURL)]
            .map { name, folder in check(name, folder) }
    }

    private static func check(_ name: String, _ folder: URL) -> Finding {
        let path = folder.path
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            return .bad(name, "\(path) cannot be made", "\(error.localizedDescription)")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return .bad(
                name,
                "\(path) cannot be written to",
                "Make it yours: chown and chmod u+rwx."
            )
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
            return .warning(name, "\(path) is open to others", "Run: chmod 700 \(path)")
        }
        return .good(name, path)
    }
}
