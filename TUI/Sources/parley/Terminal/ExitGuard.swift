import Foundation

/// Gives the terminal back whatever ends the program: a trap, a signal, an exit.
///
/// The handlers only write bytes that were made beforehand, restore the settings of the terminal
/// and raise the signal again; nothing in them allocates or locks.
enum ExitGuard {
    // Written once before the handlers are installed and then only read by them; a handler can
    // take no parameters, so these have to be global.
    private nonisolated(unsafe) static var resetBytes: UnsafeMutablePointer<UInt8>?
    private nonisolated(unsafe) static var resetCount = 0
    private nonisolated(unsafe) static var settings: UnsafeMutablePointer<termios>?
    private nonisolated(unsafe) static var wakeDescriptor: Int32 = -1

    /// Signals that end the program at once.
    private static let fatal = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]

    /// Remembers how the terminal is now. Call before it changes.
    static func remember() {
        let kept = UnsafeMutablePointer<termios>.allocate(capacity: 1)
        kept.initialize(to: termios())
        if tcgetattr(STDIN_FILENO, kept) == 0 {
            settings = kept
        }
    }

    /// `reset` is written to the terminal at a crash; `wake` receives a byte at SIGWINCH (`w`),
    /// SIGTERM (`t`) and SIGHUP (`h`).
    static func install(reset: String, wake: Int32) {
        let bytes = Array(reset.utf8)
        let kept = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        kept.initialize(from: bytes, count: bytes.count)
        resetBytes = kept
        resetCount = bytes.count
        wakeDescriptor = wake
        for signal in fatal {
            handle(signal) { number in
                ExitGuard.restore()
                takeDefault(number)
                raise(number)
            }
        }
        handle(SIGWINCH) { _ in ExitGuard.wake(0x77) }
        handle(SIGTERM) { _ in ExitGuard.wake(0x74) }
        handle(SIGHUP) { _ in ExitGuard.wake(0x68) }
        signal(SIGPIPE, SIG_IGN)
    }

    private static func handle(_ number: Int32, _ body: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = body
        sigemptyset(&action.sa_mask)
        action.sa_flags = Int32(SA_RESTART)
        sigaction(number, &action, nil)
    }

    fileprivate static func wake(_ letter: UInt8) {
        let kept = errno
        var letter = letter
        _ = write(wakeDescriptor, &letter, 1)
        errno = kept
    }

    /// The terminal is the shell's again: crashes have nothing to restore any more.
    static func restoreDefaults() {
        for number in fatal + [SIGWINCH, SIGTERM, SIGHUP] {
            signal(number, SIG_DFL)
        }
    }

    /// Writes the reset bytes and restores the settings. Safe in a signal handler.
    static func restore() {
        if let resetBytes {
            _ = write(STDOUT_FILENO, resetBytes, resetCount)
        }
        if let settings {
            tcsetattr(STDIN_FILENO, TCSANOW, settings)
        }
    }
}

private func takeDefault(_ number: Int32) {
    signal(number, SIG_DFL)
}
