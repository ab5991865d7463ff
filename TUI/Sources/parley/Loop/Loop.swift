import ForumClient
import Foundation
import TerminalUI

/// The thread that owns the screen: waits for keys and messages, folds them into the model,
/// paints once. It never waits for anything else.
final class Loop {
    private var model: Model
    private let terminal: Terminal
    private let mailbox: Mailbox
    private let runner: EffectRunner
    private var isDirty = true
    private var end = End.left(signal: nil)
    private var isRunning = true

    /// Why the loop ended.
    enum End {
        /// The reader quit, or a signal ended the program.
        case left(signal: Int32?)
        /// The reader goes to another site, perhaps to a topic there.
        case entered(SiteAddress, topic: Int?, near: Int?)
    }

    init(model: Model, terminal: Terminal, mailbox: Mailbox, runner: EffectRunner) {
        self.model = model
        self.terminal = terminal
        self.mailbox = mailbox
        self.runner = runner
    }

    /// Runs until the reader quits or goes elsewhere. `topic` is opened at first, if one is named.
    func run(topic: Int?, near: Int?) -> End {
        // The frame of the screen comes before anything from the network.
        paint()
        perform(topic.map { model.begin(at: $0, near: near) } ?? Model.start)
        isDirty = true
        while isRunning {
            wait()
            tick()
            let (messages, wishes) = mailbox.drain()
            if wishes.contains(.resize) {
                fold(.resized(terminal.resize()))
            }
            for message in messages {
                fold(message)
            }
            for message in terminal.readKeys() where isRunning {
                runner.makeWay()
                fold(message)
            }
            for case .quit(let signal) in wishes {
                end = .left(signal: signal)
                isRunning = false
            }
            if isDirty, isRunning {
                paint()
            }
        }
        runner.finish()
        return end
    }

    /// Waits for a key, a message, a signal or the next minute, by which ages are told; the next second
    /// while seconds are counted.
    private func wait() {
        var watched = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        let untilMinute = 60_000 - Int32(Loop.now() % 60) * 1000
        _ = poll(&watched, 2, model.isCounting ? Loop.untilSecond() : untilMinute)
        let hasLeft = Int32(watched[0].revents) & (POLLHUP | POLLNVAL | POLLERR) != 0
        if hasLeft, Int32(watched[0].revents) & POLLIN == 0 {
            end = .left(signal: SIGHUP)
            isRunning = false
        }
    }

    /// Tells the model the time. The picture changes with the minute, or with the second while those are
    /// counted.
    private func tick() {
        let now = Loop.now()
        guard now != model.now else { return }
        if now / 60 != model.now / 60 || model.isCounting {
            isDirty = true
        }
        perform(model.update(.clock(now)))
    }

    /// Milliseconds to the next second.
    private static func untilSecond() -> Int32 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int32(1000 - now.tv_nsec / 1_000_000)
    }

    static func now() -> Int64 {
        Int64(time(nil))
    }

    private func fold(_ message: Message) {
        isDirty = true
        perform(model.update(message))
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .quit:
                isRunning = false
            case .redraw:
                terminal.redrawAll()
            case .suspend:
                runner.flush()
                fold(.resized(terminal.suspend()))
            case .edit(let key, let text):
                edit(key, text)
            case .copy(let text):
                terminal.copy(text)
            case .ring:
                terminal.ring()
            case .run(let command, let input):
                runner.flush()
                let errors = terminal.shellErrors
                fold(
                    .resized(
                        terminal.lend {
                            PipeCommand.run(command, input: input, errorOutput: errors)
                        }.size
                    )
                )
            case .enterSite(let text, let topic, let near):
                enter(text, topic: topic, near: near)
            default:
                runner.perform(effect)
            }
        }
    }

    private func enter(_ text: String, topic: Int?, near: Int?) {
        do {
            end = .entered(try SiteAddress(text), topic: topic, near: near)
            isRunning = false
        } catch {
            fold(.notice(error.description))
        }
    }

    /// Hands the terminal to the member's editor. The text comes back whatever the editor's exit
    /// status was.
    private func edit(_ key: DraftKey, _ text: String) {
        runner.flush()
        let editor = ExternalEditor(folder: runner.editorFolder)
        let (outcome, size) = terminal.lend { editor.edit(text, errorOutput: terminal.shellErrors) }
        fold(.resized(size))
        switch outcome {
        case .success(let edited):
            fold(.editorClosed(key, text: edited))
        case .failure(let failure):
            fold(.notice(failure.message))
        }
    }

    private func paint() {
        isDirty = false
        terminal.paint(view(model, size: model.size, capabilities: terminal.capabilities))
    }
}
