import Foundation
import Synchronization
import TerminalUI

/// Where other threads leave messages for the loop. Anybody may post; the loop alone drains.
final class Mailbox: Sendable {
    /// Something that a signal asked for.
    enum Wish: Hashable {
        case resize
        case quit(signal: Int32)
    }

    private let messages = Mutex<[Message]>([])
    /// The end that `poll` watches.
    let readEnd: Int32
    /// The end that signal handlers write to.
    let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func post(_ message: Message) {
        let isFirst = messages.withLock { waiting in
            waiting.append(message)
            return waiting.count == 1
        }
        guard isFirst else { return }
        var letter: UInt8 = 0x6D
        _ = write(writeEnd, &letter, 1)
    }

    /// Everything that came since the last time.
    func drain() -> (messages: [Message], wishes: Set<Wish>) {
        var wishes: Set<Wish> = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(readEnd, &buffer, buffer.count)
            guard count > 0 else { break }
            for letter in buffer[..<count] {
                switch letter {
                case 0x77: wishes.insert(.resize)
                case 0x74: wishes.insert(.quit(signal: SIGTERM))
                case 0x68: wishes.insert(.quit(signal: SIGHUP))
                default: break
                }
            }
        }
        let waiting = messages.withLock { waiting in
            let taken = waiting
            waiting = []
            return taken
        }
        return (waiting, wishes)
    }
}
