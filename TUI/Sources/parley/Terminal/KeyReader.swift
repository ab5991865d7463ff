import CNCurses
import Foundation
import TerminalUI

/// Turns what ncurses reads into keys and pasted text.
struct KeyReader {
    /// Codes given to the marks around pasted text.
    static let pasteStart: Int32 = 0x7001
    static let pasteEnd: Int32 = 0x7002

    private var pasted: [UInt32] = []
    private var isPasting = false
    private var lastPaste: UInt64 = 0

    /// Nanoseconds of silence after which a paste without an end mark is over.
    private static let pasteSilence: UInt64 = 1_000_000_000

    /// Reads everything that waits, without waiting.
    mutating func read(_ window: UnsafeMutablePointer<WINDOW>?) -> [Message] {
        var messages: [Message] = []
        if isPasting, KeyReader.nanoseconds() > lastPaste + KeyReader.pasteSilence {
            endPaste(&messages)
        }
        while true {
            var code: wint_t = 0
            let kind = nc_get_wch(window, &code)
            guard kind != nc_err() else { return messages }
            if kind == KEY_CODE_YES {
                take(key: Int32(bitPattern: code), &messages)
            } else if isPasting {
                take(pasted: code)
            } else if code == 0x1B {
                afterEscape(window, &messages)
            } else if let key = KeyReader.key(character: code) {
                messages.append(.key(key))
            }
        }
    }

    private mutating func take(key code: Int32, _ messages: inout [Message]) {
        switch code {
        case KeyReader.pasteStart:
            isPasting = true
            pasted = []
            lastPaste = KeyReader.nanoseconds()
        case KeyReader.pasteEnd:
            endPaste(&messages)
        case KEY_MOUSE:
            guard let mouse = KeyReader.mouse() else { return }
            messages.append(.mouse(mouse))
        default:
            guard !isPasting, let key = KeyReader.key(code: code) else { return }
            messages.append(.key(key))
        }
    }

    private mutating func take(pasted code: wint_t) {
        lastPaste = KeyReader.nanoseconds()
        guard pasted.count < TerminalUI.Limits.pasteBytes else { return }
        pasted.append(code)
    }

    private mutating func endPaste(_ messages: inout [Message]) {
        isPasting = false
        var text = String.UnicodeScalarView()
        var isAfterReturn = false
        for code in pasted {
            if code == 0x0D || (code == 0x0A && !isAfterReturn) {
                text.append("\n")
            } else if code == 0x09 || code >= 0x20, code != 0x7F, !(0x80...0x9F).contains(code),
                let scalar = Unicode.Scalar(code)
            {
                text.append(scalar)
            }
            isAfterReturn = code == 0x0D
        }
        pasted = []
        messages.append(.pasted(String(text)))
    }

    /// An escape with nothing behind it in the same burst is the key; anything else is a sequence
    /// that ncurses does not know, which must not fire commands letter by letter.
    private mutating func afterEscape(
        _ window: UnsafeMutablePointer<WINDOW>?,
        _ messages: inout [Message]
    ) {
        var code: wint_t = 0
        guard nc_get_wch(window, &code) == 0 else {
            messages.append(.key(.escape))
            return
        }
        switch code {
        case 0x5B:
            // Control sequence: up to the final byte.
            swallow(window) { (0x40...0x7E).contains($0) }
        case 0x4F:
            _ = nc_get_wch(window, &code)
        case 0x5D, 0x50, 0x58, 0x5E, 0x5F:
            // A string, such as the answer to a query: up to BEL or ST.
            swallow(window) { $0 == 0x07 || $0 == 0x5C || $0 == 0x9C }
        case 0x1B:
            messages.append(.key(.escape))
            messages.append(.key(.escape))
        default:
            // Alt with a key has no meaning here.
            break
        }
    }

    private func swallow(_ window: UnsafeMutablePointer<WINDOW>?, until isEnd: (UInt32) -> Bool) {
        var code: wint_t = 0
        for _ in 0..<4096 {
            guard nc_get_wch(window, &code) != nc_err(), !isEnd(code) else { return }
        }
    }

    private static func key(character code: wint_t) -> Key? {
        switch code {
        case 0x0D, 0x0A: return .enter
        case 0x09: return .tab
        case 0x08, 0x7F: return .backspace
        case 0x01...0x1A:
            return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
        case 0x20..<0x7F, 0xA0...:
            return Unicode.Scalar(code).map { .character(Character($0)) }
        default: return nil
        }
    }

    /// Lines that one step of the wheel turns.
    private static let wheelStep = 3

    private static func mouse() -> Mouse? {
        var column: Int32 = 0
        var row: Int32 = 0
        switch nc_mouse(&column, &row) {
        case 1: return .click(Position(column: Int(column), row: Int(row)))
        case 4: return .wheel(lines: -wheelStep)
        case 5: return .wheel(lines: wheelStep)
        default: return nil
        }
    }

    private static func key(code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_BTAB: .backTab
        case KEY_ENTER: .enter
        default: nil
        }
    }

    private static func nanoseconds() -> UInt64 {
        monotonicNanoseconds()
    }
}

/// Nanoseconds of the clock that never goes back.
func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
